import { parseCsv } from './parseCsv.mjs';

/** @typedef {import('./readPairs.mjs').Source['pictures'][number]} Picture */

/**
 * Puts pictures into groups, by a CSV with the header `file,group` or `identity,group`.
 * @param {readonly Picture[]} pictures
 * @param {string} csv
 * @returns {{ pictures: Picture[], notes: string[] }} the pictures with their groups; one that no line names has none
 */
export function applyLabels(pictures, csv) {
  const [header = [], ...rows] = parseCsv(csv);
  const by = header[0];
  if (header.length !== 2 || (by !== 'file' && by !== 'identity') || header[1] !== 'group') {
    throw new Error(`--labels: expected the header "file,group" or "identity,group", got "${header.join(',')}"`);
  }
  /** @type {Map<string, string>} */
  const groups = new Map();
  for (const row of rows) {
    const [key, group] = row;
    if (row.length !== 2 || !key || !group) throw new Error(`--labels: expected "${by},group", got "${row.join(',')}"`);
    const before = groups.get(key);
    if (before !== undefined && before !== group) throw new Error(`--labels: ${key} is in two groups, ${before} and ${group}`);
    groups.set(key, group);
  }
  const known = new Set(pictures.map((picture) => picture[by]));
  const unused = [...groups.keys()].filter((key) => !known.has(key)).length;
  const without = pictures.filter((picture) => !groups.has(picture[by])).length;
  if (unused === groups.size)
    throw new Error(`--labels: no ${by} of the CSV is among the pictures (the first one is "${rows[0]?.[0] ?? ''}")`);
  return {
    pictures: pictures.map((picture) => ({ ...picture, group: groups.get(picture[by]) })),
    notes: [
      ...(unused > 0 ? [`--labels: ${unused} of ${groups.size} lines name nothing among the pictures`] : []),
      ...(without > 0 ? [`--labels: ${without} of ${pictures.length} pictures have no group`] : []),
    ],
  };
}
