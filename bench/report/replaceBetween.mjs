export const BEGIN = '<!-- bench:begin -->';
export const END = '<!-- bench:end -->';

/**
 * @param {string} text
 * @param {string} content what to put between the two markers
 */
export function replaceBetween(text, content) {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`the text has no ${BEGIN} … ${END}`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${content}\n\n${text.slice(to)}`;
}
