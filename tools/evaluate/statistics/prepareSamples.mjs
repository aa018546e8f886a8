/**
 * One picture.
 * @typedef {object} Sample
 * @property {string} file what tells the picture apart from all others
 * @property {string} identity who it shows
 * @property {Float32Array | null} embedding of unit length; null without a face
 * @property {string[]} reasons why the quality gate would refuse it
 * @property {Record<string, number>} [measures] the face's quality, angles without their sign
 * @property {string} [error] with `embedding: null`: `no-face`, or what was wrong with the file
 * @property {string} [group] for the table of groups
 *
 * The pictures that have an embedding.
 * @typedef {object} Prepared
 * @property {Sample[]} samples
 * @property {Float32Array[]} embeddings of the samples
 * @property {Int32Array} person index into `names` of each sample
 * @property {string[]} names
 */

const TOLERANCE = 1e-3;

/**
 * Checks samples, and numbers the people. Throws an Error that names the first wrong one.
 * @param {readonly Sample[]} samples
 * @returns {Prepared}
 */
export function prepareSamples(samples) {
  const files = new Set();
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {Sample[]} */
  const kept = [];
  for (const sample of samples) {
    const { file, identity, embedding } = sample;
    if (typeof file !== 'string' || file === '' || typeof identity !== 'string' || identity === '') {
      throw new Error(`expected each picture with a file and an identity, got ${JSON.stringify({ file, identity })}`);
    }
    if (files.has(file)) throw new Error(`expected each picture once, got ${file} twice`);
    files.add(file);
    if (!embedding) continue;
    const wanted = kept[0]?.embedding?.length ?? embedding.length;
    const length = Math.sqrt(embedding.reduce((sum, v) => sum + v * v, 0));
    if (embedding.length !== wanted || !(Math.abs(length - 1) <= TOLERANCE)) {
      throw new Error(`${file}: expected ${wanted} values of length 1, got ${embedding.length} values of length ${length}`);
    }
    if (!numbers.has(identity)) numbers.set(identity, numbers.size);
    kept.push(sample);
  }
  return {
    samples: kept,
    embeddings: kept.map(({ embedding }) => /** @type {Float32Array} */ (embedding)),
    person: Int32Array.from(kept, ({ identity }) => /** @type {number} */ (numbers.get(identity))),
    names: [...numbers.keys()],
  };
}
