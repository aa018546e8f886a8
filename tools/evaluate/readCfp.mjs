import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCfp } from 'visavis/evaluation';

/**
 * Celebrities in Frontal-Profile, in its published form: see `parseCfp`.
 * @param {string} folder
 * @param {import('visavis/evaluation').CfpProtocol} protocol
 * @param {string} dataset
 * @returns {Promise<import('./readPairs.mjs').Source>}
 */
export async function readCfp(folder, protocol, dataset) {
  const lists = join(folder, 'Protocol');
  const frontal = await read(join(lists, 'Pair_list_F.txt'));
  const profile = protocol === 'FP' ? await read(join(lists, 'Pair_list_P.txt')) : undefined;
  const at = join(lists, 'Split', protocol);
  const folds = (await namesIn(at)).filter((name) => /^\d+$/.test(name)).sort();
  if (folds.length === 0) throw new Error(`--cfp: there are no splits in ${at}: expected folders 01 … 10`);
  const splits = await Promise.all(
    folds.map(async (fold) => ({
      fold,
      same: await read(join(at, fold, 'same.txt')),
      different: await read(join(at, fold, 'diff.txt')),
    })),
  );
  const { pictures, pairs } = parseCfp(protocol, { frontal, profile, splits });
  if (pairs.length === 0) throw new Error(`--cfp: the splits in ${at} have no pairs`);
  return { images: folder, dataset, pictures, protocol: { name: `CFP-${protocol}`, pairs }, notes: [], fault: null };
}

/** @param {string} path @returns {Promise<import('visavis/evaluation').NamedText>} */
async function read(path) {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`--cfp: ${path} is missing: expected the data set as it is published, with its folders Data and Protocol`);
  });
  return { name: path, text };
}

/** @param {string} path */
async function namesIn(path) {
  return readdir(path).catch(() => []);
}
