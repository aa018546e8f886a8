/**
 * @typedef {object} Snippet
 * @property {string} file where it stands
 * @property {number} line of its first line, from 1
 * @property {'ts' | 'js'} language
 * @property {string} code
 */

const FENCE = /^```(\w+)[^\n]*\n([^]*?)^```$/gm;
const MODULE_SCRIPT = /<script type="module">\n?([^]*?)<\/script>/g;
/** The built library, as a page without a bundler imports it, from wherever it is served. */
const SERVED = /(?<=from ')[^']*\/visavis\.js(?=')/g;

/**
 * The TypeScript and JavaScript of a Markdown file (its fences `ts`, `js` and `html`) or of a page: module scripts, for HTML.
 * @param {string} file its name, which says what it is
 * @param {string} text
 * @returns {Snippet[]}
 */
export function extractSnippets(file, text) {
  if (file.endsWith('.html')) return scriptsOf(file, text, 1);
  return [...text.matchAll(FENCE)].flatMap(({ 1: language, 2: code, index }) => {
    const line = lineOf(text, index) + 1;
    if (language === 'html') return scriptsOf(file, code, line);
    return language === 'ts' || language === 'js' ? [{ file, line, language, code }] : [];
  });
}

/** @param {string} file @param {string} html @param {number} line of its beginning @returns {Snippet[]} */
function scriptsOf(file, html, line) {
  return [...html.matchAll(MODULE_SCRIPT)].map((script) => {
    const start = script.index + script[0].indexOf(script[1]);
    return { file, line: line + lineOf(html, start) - 1, language: 'js', code: script[1].replaceAll(SERVED, 'visavis') };
  });
}

/** @param {string} text @param {number} index */
function lineOf(text, index) {
  return text.slice(0, index).split('\n').length;
}
