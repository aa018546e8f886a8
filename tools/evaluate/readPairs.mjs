import { readFile } from 'node:fs/promises';
import { nameIdentities, parsePairs } from 'visavis/evaluation';

/**
 * Pictures with what is known about them.
 * @typedef {object} Source
 * @property {string} images the folder that the file names are relative to
 * @property {string} dataset a name for it
 * @property {import('visavis/evaluation').LabeledPicture[]} pictures
 * @property {import('visavis/evaluation').Protocol | null} protocol a published list of pairs; null: all pairs count
 * @property {string[]} notes what was left out, in sentences
 * @property {string | null} fault why the pictures' identities cannot be trusted; null if they can
 */

/**
 * A list of pairs as in the LFW protocol.
 * @param {string} images
 * @param {string} file
 * @param {string} dataset
 * @returns {Promise<Source>}
 */
export async function readPairs(images, file, dataset) {
  const pairs = parsePairs(await readFile(file, 'utf8'));
  return { images, dataset, ...nameIdentities(pairs), protocol: { name: 'LFW protocol', pairs }, notes: [] };
}
