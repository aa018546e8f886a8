import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string[]} faults
 * @property {number} [workerBytes] gzip
 * @property {number} [milliseconds] from the start of the page to the first embedding
 */

const BEGIN = '<!-- npm run bundlers -- --write -->';
const END = '<!-- end -->';

/**
 * Writes the measured rows between the marks of a page.
 * @param {string} path
 * @param {readonly import('./cells.mjs').Cell[]} cells
 * @param {readonly Row[]} rows
 */
export async function writeTable(path, cells, rows) {
  const page = await readFile(path, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} lacks the marks ${BEGIN} and ${END}`);
  const text = `${before}${BEGIN}\n\n${tableOf(cells, rows)}\n\n${END}${after}`;
  await writeFile(path, await format(text, { ...(await resolveConfig(path)), parser: 'markdown' }));
}

/** A Markdown table, one line a cell. */
export function tableOf(/** @type {readonly import('./cells.mjs').Cell[]} */ cells, /** @type {readonly Row[]} */ rows) {
  const lines = cells.map(({ id, name, version, settings, failsWith }) => {
    const { workerBytes, milliseconds } = rows.find((row) => row.id === id) ?? {};
    const measured =
      failsWith || !milliseconds ? ['', ''] : [`${((workerBytes ?? 0) / 1000).toFixed(1)} kB`, `${(milliseconds / 1000).toFixed(1)} s`];
    return `| ${[name, version, settings, ...measured].join(' | ')} |`;
  });
  return ['| tool | version | settings | worker (gzip) | first embedding |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}
