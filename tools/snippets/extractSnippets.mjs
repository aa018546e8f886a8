/**
 * @typedef {object} Snippet
 * @property {string} file where it stands
 * @property {number} line of its first line, from 1
 * @property {'ts' | 'tsx' | 'js'} language
 * @property {string} code
 */

/** Fences whose whole text is a module. @type {ReadonlySet<string>} */
const MODULES = new Set(['ts', 'tsx', 'js']);
const FENCE = /^```(\w+)[^\n]*\n([^]*?)^```$/gm;
const MODULE_SCRIPT = /<script type="module">\n?([^]*?)<\/script>/g;
/** The script of a Vue or Svelte component. */
const COMPONENT_SCRIPT = /<script(?: setup)? lang="ts">\n?([^]*?)<\/script>/g;
/** The built library, as a page without a bundler imports it, from wherever it is served. */
const SERVED = /(?<=from ')[^']*\/visavis\.js(?=')/g;

/**
 * The TypeScript and JavaScript of a Markdown file (its fences `ts`, `tsx`, `js`, `html`, `vue` and `svelte`) or of a page: module scripts, for HTML.
 * @param {string} file its name, which says what it is
 * @param {string} text
 * @returns {Snippet[]}
 */
export function extractSnippets(file, text) {
  if (file.endsWith('.html')) return scriptsOf({ file, line: 1, language: 'js', code: text }, MODULE_SCRIPT);
  return [...text.matchAll(FENCE)].flatMap(({ 1: language, 2: code, index }) => {
    const line = lineOf(text, index) + 1;
    if (language === 'html') return scriptsOf({ file, line, language: 'js', code }, MODULE_SCRIPT);
    if (language === 'vue' || language === 'svelte') return scriptsOf({ file, line, language: 'ts', code }, COMPONENT_SCRIPT);
    return MODULES.has(language) ? [{ file, line, language: /** @type {Snippet['language']} */ (language), code }] : [];
  });
}

/** The scripts inside a page or component. @param {Snippet} page @param {RegExp} pattern @returns {Snippet[]} */
function scriptsOf({ file, line, language, code }, pattern) {
  return [...code.matchAll(pattern)].map((script) => {
    const start = script.index + script[0].indexOf(script[1]);
    return { file, line: line + lineOf(code, start) - 1, language, code: script[1].replaceAll(SERVED, 'visavis') };
  });
}

/** @param {string} text @param {number} index */
function lineOf(text, index) {
  return text.slice(0, index).split('\n').length;
}
