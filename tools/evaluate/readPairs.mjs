import { readFile } from 'node:fs/promises';
import { parsePairs } from './lfwProtocol.mjs';
import { identityOf } from './statistics/identityOf.mjs';

/**
 * Pictures with what is known about them.
 * @typedef {object} Source
 * @property {string} images the folder that the file names lie below
 * @property {string} dataset a name for it
 * @property {{ file: string, identity: string, group?: string }[]} pictures
 * @property {{ name: string, pairs: import('./lfwProtocol.mjs').Pair[] } | null} protocol a published list of pairs; null: all pairs count
 * @property {string[]} notes what was left out, in sentences
 * @property {string | null} fault why the pictures' identities are not to be trusted; null where they are
 */

/**
 * A list of pairs as in the LFW protocol. People are told apart by file name (`Given_Family_0001.jpg`), or else by folder
 * (`Given_Family/0001.jpg`), whichever agrees with all pairs.
 * @param {string} images
 * @param {string} file
 * @param {string} dataset
 * @returns {Promise<Source>}
 */
export async function readPairs(images, file, dataset) {
  const pairs = parsePairs(await readFile(file, 'utf8'));
  const files = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
  const ways = [identityOf, (/** @type {string} */ path) => path.split('/').slice(0, -1).join('/')];
  const [byName, byFolder] = ways.map((way) => pairs.find(({ a, b, same }) => way(a) === '' || same !== (way(a) === way(b))));
  const way = byName && !byFolder ? ways[1] : ways[0];
  const bad = byFolder && byName;
  return {
    images,
    dataset,
    pictures: files.map((path) => ({ file: path, identity: bad ? path : way(path) })),
    protocol: { name: 'LFW protocol', pairs },
    notes: [],
    fault: bad
      ? `People cannot be told apart by file name: --pairs says that ${bad.a} and ${bad.b} are ${bad.same ? 'one person' : 'two people'}.`
      : null,
  };
}
