/**
 * A number that an option was given; RangeError for what is none.
 * @param {string} option
 * @param {string} text
 * @param {number} [least]
 */
export function count(option, text, least = 1) {
  const value = Number(text);
  // An empty text is 0 to JavaScript.
  if (text.trim() !== '' && Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`${option}: expected a whole number of at least ${least}, got "${text}"`);
}
