import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseAst } from 'vite';

/**
 * A built module and everything that the browser fetches before it runs: what it imports statically, and so on.
 * @param {string} file
 * @returns {Promise<ReadonlyMap<string, Buffer>>} by path
 */
export async function loadedWith(file) {
  /** @type {Map<string, Buffer>} */
  const loaded = new Map();
  const waiting = [file];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (loaded.has(path)) continue;
    const bytes = await readFile(path);
    loaded.set(path, bytes);
    const folder = dirname(path);
    if (path.endsWith('.js')) waiting.push(...importedBy(bytes.toString()).map((specifier) => join(folder, specifier)));
  }
  return loaded;
}

/** @param {string} code @returns {string[]} */
function importedBy(code) {
  return parseAst(code).body.flatMap((statement) => ('source' in statement && statement.source ? [statement.source.value] : []));
}
