// node tools/label-first-names.mjs PAIRS.csv > labels.csv: women and men of a list of pairs of named people (LFW), as their first names say, for
// npm run evaluate -- … --labels labels.csv. Names that say nothing (one in thirteen) are left out, and a few say the wrong thing.
import { readFile } from 'node:fs/promises';
import { getGender } from 'gender-detection-from-name';
import { loadSource } from './loadSource.mjs';

/** @type {typeof import('../src/evaluation/protocols/parsePairs.js')} */
const { parsePairs } = await loadSource('src/evaluation/protocols/parsePairs.ts');
/** @type {typeof import('../src/evaluation/protocols/identityOf.js')} */
const { identityOf } = await loadSource('src/evaluation/protocols/identityOf.ts');

const pairs = parsePairs(await readFile(process.argv[2] ?? '', 'utf8'));
const names = new Set(pairs.flatMap(({ a, b }) => [identityOf(a), identityOf(b)]));
const GROUPS = { female: 'women', male: 'men', unknown: '' };
console.log('identity,group');
for (const name of [...names].sort()) {
  const group = GROUPS[getGender(/^[^_]*/.exec(name)?.[0] ?? '')];
  if (group) console.log(`${name},${group}`);
}
