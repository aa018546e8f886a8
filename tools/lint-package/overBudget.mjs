import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { loadedWith } from './loadedWith.mjs';

/**
 * The most bytes that an entry may be on the wire, with what it imports statically, but for the entries that it stands beside: they have
 * budgets of their own.
 * @typedef {{ brotli?: number, gzip?: number, beside?: readonly string[] }} Budget
 */

/** Each file by itself, as a server sends it. @type {Record<'brotli' | 'gzip', (bytes: Buffer) => number>} */
const SIZES = {
  brotli: (bytes) => brotliCompressSync(bytes).length,
  gzip: (bytes) => gzipSync(bytes, { level: 9 }).length,
};

/**
 * @param {string} folder
 * @param {Record<string, Budget>} budgets by file in that folder
 * @param {readonly string[]} entries files that have to have one
 * @returns {Promise<{ sizes: string[], faults: string[] }>} sentences
 */
export async function overBudget(folder, budgets, entries) {
  /** @type {string[]} */
  const sizes = [];
  /** @type {string[]} */
  const faults = entries.filter((name) => !budgets[name]).map((name) => `${name} has no budget in tools/lint-package/budgets.json`);
  for (const [name, budget] of Object.entries(budgets)) {
    const { beside = [], ...limits } = budget;
    const loaded = new Map(await loadedWith(join(folder, name)));
    for (const other of beside) for (const path of (await loadedWith(join(folder, other))).keys()) loaded.delete(path);
    const files = [...loaded.values()];
    for (const [format, limit] of /** @type {[keyof typeof SIZES, number][]} */ (Object.entries(limits))) {
      const size = files.reduce((sum, bytes) => sum + SIZES[format](bytes), 0);
      const sentence = `${name}: ${size} bytes with ${format}, of ${limit}`;
      sizes.push(sentence);
      if (size > limit) faults.push(`${sentence}: make it smaller, or raise its budget in tools/lint-package/budgets.json`);
    }
  }
  return { sizes, faults };
}
