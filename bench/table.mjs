import { times } from './report/format.mjs';
import { LIBRARIES, libraryRows } from './report/libraryRows.mjs';
import { recognizerRows } from './report/recognizerRows.mjs';
import { runtimeRows, THREADS } from './report/runtimeRows.mjs';

/** The rows that {@link briefTable} takes. */
const BRIEF = new Set([
  'frame → embedding, following the face',
  'first verdict, empty cache, 10 Mbit/s',
  'code and models over the line, Brotli',
  'main thread blocked in 10 s of live camera',
]);

/** @typedef {string[][]} Table the first row is the heading */

/**
 * The results as tables: the whole libraries, then the runtimes on the embedder's graph alone. Each figure comes with its ratio to
 * visavis'.
 * @param {import('./Results.d.ts').Results} results
 * @returns {Table[]}
 */
export function tables(results) {
  const libraries = libraryRows(results).map(({ what, values, format }) => [
    what,
    ...values.map((value) => (value === null ? '–' : withRatio(format(value), value, values[0]))),
  ]);
  return [
    ...(libraries.length > 0 ? [[['', ...LIBRARIES], ...libraries]] : []),
    ...runtimeTable('embedding alone', results.embedding),
    ...runtimeTable('`inception-160` alone', results.inception),
    ...(results.recognizers ? [recognizerRows(results.recognizers)] : []),
  ];
}

/** @param {string} title @param {import('./Results.d.ts').RuntimeSamples[]} [samples] @returns {Table[]} empty if nothing was measured */
function runtimeTable(title, samples) {
  const rows = runtimeRows(samples).map(({ name, values, base, format }) => [
    name,
    ...values.map((value, i) => (value === null ? '–' : withRatio(format(value), value, base[i]))),
  ]);
  return rows.length > 0 ? [[[title, ...THREADS.map((n) => (n === 1 ? '1 thread' : `${n} threads`))], ...rows]] : [];
}

/** @param {import('./Results.d.ts').Results} results @returns {string} Markdown */
export function table(results) {
  const { browser, machine, date, versions } = results;
  const drawn = tables(results).map(draw);
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    ...drawn,
    `_Medians of one run on ${date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, ${browser}, WebAssembly; in brackets, how many times visavis' figure. ${names.join(', ')}._`,
  ].join('\n\n');
}

/**
 * The few rows that the README has.
 * @param {import('./Results.d.ts').Results} results
 * @returns {string} Markdown
 */
export function briefTable(results) {
  const [libraries] = tables({ ...results, embedding: undefined, inception: undefined, recognizers: undefined });
  if (!libraries) throw new Error('these results have no rows of whole libraries: run the parts frames, cold and blocking');
  const [heading, ...rows] = libraries;
  return draw([heading, ...rows.filter(([what]) => BRIEF.has(what))]);
}

/** @param {Table} rows @returns {string} */
function draw(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(rows[0]), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

/** @param {string} text @param {number} value @param {number | null | undefined} base */
function withRatio(text, value, base) {
  // A ratio to nothing, or to itself, says nothing.
  return !base || base < 0 || value < 0 || value === base ? text : `${text} (${times(value / base)})`;
}
