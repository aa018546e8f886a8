import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** @typedef {'FP' | 'FF'} CfpProtocol frontal against profile, frontal against frontal */

/**
 * Celebrities in Frontal-Profile, as it is published: `Protocol/Pair_list_F.txt` and `…_P.txt` number the frontal and the profile
 * pictures ("1 ../Data/Images/001/frontal/01.jpg"), `Protocol/Split/FP/01 … 10` hold `same.txt` and `diff.txt` with pairs of
 * such numbers ("1,1"). In FP the first number is that of a frontal picture and the second that of a profile, in FF both are of frontal ones.
 * @param {string} folder
 * @param {CfpProtocol} protocol
 * @param {string} dataset
 * @returns {Promise<import('./readPairs.mjs').Source>}
 */
export async function readCfp(folder, protocol, dataset) {
  const lists = join(folder, 'Protocol');
  const frontal = await readList(folder, join(lists, 'Pair_list_F.txt'));
  const second = protocol === 'FP' ? await readList(folder, join(lists, 'Pair_list_P.txt')) : frontal;
  const splits = join(lists, 'Split', protocol);
  const folds = (await namesIn(splits)).filter((name) => /^\d+$/.test(name)).sort();
  if (folds.length === 0) throw new Error(`--cfp: there are no splits in ${splits}: expected folders 01 … 10`);

  /** @type {import('./lfwProtocol.mjs').Pair[]} */
  const pairs = [];
  /** @type {Map<string, { file: string, identity: string, group?: string }>} */
  const pictures = new Map();
  for (const fold of folds) {
    for (const [name, same] of /** @type {const} */ ([
      ['same.txt', true],
      ['diff.txt', false],
    ])) {
      const path = join(splits, fold, name);
      for (const { text, line } of linesOf(await read(path))) {
        const [i, j, ...rest] = text.split(',').map((cell) => cell.trim());
        const [a, b] = [frontal.get(i), second.get(j)];
        if (rest.length > 0 || a === undefined || b === undefined) {
          throw new Error(`${path}, line ${line}: expected two numbers of the lists of pictures, as in "1,1", got "${text}"`);
        }
        const [p, q] = [identityOfCfp(a), identityOfCfp(b)];
        if ((p === q) !== same)
          throw new Error(`${path}, line ${line}: ${a} and ${b} are ${p === q ? 'one person' : 'two people'} by their folders`);
        pictures.set(a, { file: a, identity: p, group: 'frontal' });
        pictures.set(b, { file: b, identity: q, group: protocol === 'FP' ? 'profile' : 'frontal' });
        pairs.push({ fold, a, b, same });
      }
    }
  }
  if (pairs.length === 0) throw new Error(`--cfp: the splits in ${splits} have no pairs`);
  return {
    images: folder,
    dataset,
    pictures: [...pictures.values()].sort((x, y) => (x.file < y.file ? -1 : 1)),
    protocol: { name: `CFP-${protocol}`, pairs },
    notes: [],
    fault: null,
  };
}

/** Number -> file below the folder. @param {string} folder @param {string} path @returns {Promise<Map<string, string>>} */
async function readList(folder, path) {
  const files = new Map();
  for (const { text, line } of linesOf(await read(path))) {
    const [, number, name] = /^(\d+)\s+(.+)$/.exec(text) ?? [];
    const file =
      name === undefined
        ? ''
        : relative(folder, resolve(folder, 'Protocol', name))
            .split(sep)
            .join('/');
    if (number === undefined || file === '' || file.startsWith('..') || isAbsolute(file)) {
      throw new Error(
        `${path}, line ${line}: expected a number and a file of the data set, as in "1 ../Data/Images/001/frontal/01.jpg", got "${text}"`,
      );
    }
    files.set(number, file);
  }
  return files;
}

/** `Data/Images/001/profile/01.jpg` is of person 001. @param {string} file */
function identityOfCfp(file) {
  return file.split('/').at(-3) ?? file;
}

/** @param {string} text @returns {{ text: string, line: number }[]} */
function linesOf(text) {
  return text
    .split(/\r?\n/)
    .map((words, i) => ({ text: words.trim(), line: i + 1 }))
    .filter((line) => line.text !== '');
}

/** @param {string} path */
async function read(path) {
  return readFile(path, 'utf8').catch(() => {
    throw new Error(`--cfp: ${path} is missing: expected the data set as it is published, with its folders Data and Protocol`);
  });
}

/** @param {string} path */
async function namesIn(path) {
  return readdir(path).catch(() => []);
}
