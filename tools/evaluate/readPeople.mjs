import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const PICTURE = /\.(jpe?g|png|webp|bmp|gif|avif)$/i;
/** This many names appear in a message; the rest are counted. */
const NAMED = 5;

/**
 * A folder of people: `person/picture.jpg`. Anything else is left out and mentioned in the notes.
 * @param {string} folder
 * @param {string} dataset
 * @returns {Promise<import('./readPairs.mjs').Source>}
 */
export async function readPeople(folder, dataset) {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  /** @type {import('./readPairs.mjs').Source['pictures']} */
  const pictures = [];
  /** @type {Record<'outside' | 'empty' | 'nested' | 'other' | 'closed', string[]>} */
  const left = { outside: [], empty: [], nested: [], other: [], closed: [] };
  for (const name of names) {
    const path = join(folder, name);
    if (!(await isFolder(path))) {
      left.outside.push(name);
      continue;
    }
    const inside = await readdir(path).catch(() => null);
    if (!inside) {
      left.closed.push(name);
      continue;
    }
    let own = 0;
    for (const item of inside.filter((file) => !file.startsWith('.')).sort()) {
      const file = `${name}/${item}`;
      if (await isFolder(join(path, item))) left.nested.push(file);
      else if (!PICTURE.test(item)) left.other.push(file);
      else {
        pictures.push({ file, identity: name });
        own++;
      }
    }
    if (own === 0) left.empty.push(name);
  }
  if (pictures.length === 0) {
    throw new Error(`--people: there are no pictures in ${folder}: expected one folder for each person, with that person's pictures in it`);
  }
  const notes = [
    sentence(left.empty, 'folder has no pictures', 'folders have no pictures'),
    sentence(left.closed, 'folder cannot be opened', 'folders cannot be opened'),
    sentence(left.nested, 'folder inside a person’s folder is not read', 'folders inside people’s folders are not read'),
    sentence(left.outside, 'file is outside any person’s folder', 'files are outside any person’s folder'),
    sentence(left.other, 'file does not have a picture’s name', 'files do not have a picture’s name'),
  ].filter((note) => note !== '');
  return { images: folder, dataset, pictures, protocol: null, notes, fault: null };
}

/** @param {string} path follows links; a broken link is not a folder */
async function isFolder(path) {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

/** @param {string[]} names @param {string} one @param {string} several */
function sentence(names, one, several) {
  if (names.length === 0) return '';
  const more = names.length > NAMED ? ' …' : '';
  return `${names.length} ${names.length === 1 ? one : several}: ${names.slice(0, NAMED).join(', ')}${more}`;
}
