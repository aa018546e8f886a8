/**
 * @typedef {object} Failures
 * @property {number} noFace pictures without a face
 * @property {number} unreadable pictures that could not be read
 * @property {number} rate failure to acquire: both, of all pictures
 * @property {{ file: string, identity: string, error: string }[]} pictures
 * @property {{ count: number, rate: number, identities: string[] }} enroll people without one usable picture
 */

/**
 * What never became an embedding. These pictures are in no pair.
 * @param {readonly import('./prepareSamples.mjs').Sample[]} samples
 * @returns {Failures}
 */
export function failures(samples) {
  const failed = samples.filter(({ embedding }) => !embedding);
  const noFace = failed.filter(({ error = 'no-face' }) => error === 'no-face').length;
  const everyone = new Set(samples.map(({ identity }) => identity));
  const enrolled = new Set(samples.filter(({ embedding }) => embedding).map(({ identity }) => identity));
  const identities = [...everyone].filter((identity) => !enrolled.has(identity));
  return {
    noFace,
    unreadable: failed.length - noFace,
    rate: samples.length ? failed.length / samples.length : 0,
    pictures: failed.map(({ file, identity, error = 'no-face' }) => ({ file, identity, error })),
    enroll: { count: identities.length, rate: everyone.size ? identities.length / everyone.size : 0, identities },
  };
}
