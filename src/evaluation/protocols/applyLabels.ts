import type { LabeledPicture } from './nameIdentities.js';
import { parseCsv } from './parseCsv.js';

/**
 * Puts pictures into groups, using a CSV with the header `file,group` or `identity,group`. Throws a SyntaxError for a CSV of another form,
 * for a picture or person in two groups, and if it names none of the pictures.
 * @returns the pictures with their groups; a picture that no line names has none. `notes`: what was left over on either side, in words
 */
export function applyLabels(pictures: readonly LabeledPicture[], csv: string): { pictures: LabeledPicture[]; notes: string[] } {
  const [header = [], ...rows] = parseCsv(csv);
  const by = header[0];
  if (header.length !== 2 || (by !== 'file' && by !== 'identity') || header[1] !== 'group') {
    throw new SyntaxError(`expected the header "file,group" or "identity,group", got "${header.join(',')}"`);
  }
  const groups = new Map<string, string>();
  for (const row of rows) {
    const [key, group] = row;
    if (row.length !== 2 || !key || !group) throw new SyntaxError(`expected "${by},group", got "${row.join(',')}"`);
    const before = groups.get(key);
    if (before !== undefined && before !== group) throw new SyntaxError(`${key} is in two groups, ${before} and ${group}`);
    groups.set(key, group);
  }
  const known = new Set(pictures.map((picture) => picture[by]));
  const unused = [...groups.keys()].filter((key) => !known.has(key)).length;
  const without = pictures.filter((picture) => !groups.has(picture[by])).length;
  if (unused === groups.size) {
    throw new SyntaxError(`no ${by} of the CSV is among the pictures (the first one is "${rows[0]?.[0] ?? ''}")`);
  }
  return {
    pictures: pictures.map((picture) => ({ ...picture, group: groups.get(picture[by]) })),
    notes: [
      ...(unused > 0 ? [`${unused} of ${groups.size} lines name nothing among the pictures`] : []),
      ...(without > 0 ? [`${without} of ${pictures.length} pictures have no group`] : []),
    ],
  };
}
