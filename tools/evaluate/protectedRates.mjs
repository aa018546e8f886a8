import { measureProtocol, measureScores } from 'visavis/evaluation';

/**
 * What protecting templates does to a protocol's rates, and how well two protected templates of one person can be linked to each other.
 * @typedef {object} ProtectedRates
 * @property {import('visavis/evaluation').ProtocolRates} plain the same pairs unprotected, by the same distance: protected templates are compared
 *   by plain distances, so that a model's cohort must not count here
 * @property {import('visavis/evaluation').ProtocolRates} rates each pair's first picture as a protected template under a key of its own
 * @property {{ same: { mean: number, deviation: number }, different: { mean: number, deviation: number }, separation: number }} unlinked
 *   distances between
 *   protected templates under different keys, of one person and of two; separation: how many standard deviations lie between their means
 */

/**
 * @param {import('visavis/evaluation').Protocol} protocol
 * @param {ReadonlyMap<string, Float32Array | null>} embeddings
 * @param {typeof import('../../src/index.js')} sdk
 * @param {import('./embedPictures.mjs').VerifierInfo} info
 * @returns {Promise<ProtectedRates>}
 */
export async function protectedRates(protocol, embeddings, sdk, info) {
  const { name, pairs } = protocol;
  const scores = [];
  /** @type {{ same: number[], different: number[] }} */
  const across = { same: [], different: [] };
  for (const { fold, a, b, same } of pairs) {
    const [x, y] = [embeddings.get(a), embeddings.get(b)];
    if (!x || !y) {
      scores.push({ fold, same, distance: Infinity });
      continue;
    }
    const [template, other] = await Promise.all([x, y].map((embedding) => protectedTemplate(embedding, sdk, info)));
    scores.push({ fold, same, distance: await sdk.distanceTo(y, template) });
    across[same ? 'same' : 'different'].push(sdk.distance(template.embedding, other.embedding));
  }
  const [same, different] = [spread(across.same), spread(across.different)];
  const separation = Math.abs(same.mean - different.mean) / Math.sqrt((same.deviation ** 2 + different.deviation ** 2) / 2);
  return {
    plain: measureProtocol(protocol, embeddings),
    rates: measureScores(`${name}, protected templates`, scores),
    unlinked: { same, different, separation },
  };
}

/**
 * @param {Float32Array} embedding
 * @param {typeof import('../../src/index.js')} sdk
 * @param {import('./embedPictures.mjs').VerifierInfo} info
 */
async function protectedTemplate(embedding, sdk, { model, modelVersion, pipelineVersion }) {
  const format = /** @type {const} */ ({ format: 'visavis-template', formatVersion: 1 });
  const rest = { captures: 1, consistency: 1, createdAt: new Date().toISOString() };
  const template = { ...format, model, modelVersion, pipelineVersion, embedding, ...rest };
  return sdk.protectTemplate(template, await sdk.createProtectionKey());
}

/** @param {number[]} values */
function spread(values) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) };
}

/** For the console. @param {ProtectedRates} measured */
export function describeProtected({ plain, rates, unlinked }) {
  const share = (/** @type {number | undefined} */ value) => (value === undefined ? '–' : `${(100 * value).toFixed(2)} %`);
  const line = (/** @type {string} */ name, /** @type {import('visavis/evaluation').ProtocolRates} */ r) =>
    `  ${name.padEnd(11)} accuracy ${share(r.folds?.accuracy)}, EER ${share(r.equalErrorRate?.rate)}, ` +
    r.tar.map(({ far, tar }) => `TAR at FAR ${far.toExponential(0)} ${share(tar)}`).join(', ');
  const across = (/** @type {{ mean: number, deviation: number }} */ s) => `${s.mean.toFixed(4)} ± ${s.deviation.toFixed(4)}`;
  return [
    `Protected templates (a key each, ${rates.pairs.toLocaleString('en')} pairs, plain distances)`,
    line('plain', plain),
    line('protected', rates),
    `  distances under different keys: one person ${across(unlinked.same)}, two people ${across(unlinked.different)}, ${unlinked.separation.toFixed(3)} deviations apart`,
  ].join('\n');
}
