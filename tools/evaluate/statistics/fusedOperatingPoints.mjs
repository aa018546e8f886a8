import { distanceTable } from './distanceTable.mjs';
import { drawFrames } from './drawFrames.mjs';
import { fuseMean } from './fuseMean.mjs';
import { measurePairs, RESAMPLES } from './measurePairs.mjs';
import { prepareSamples } from './prepareSamples.mjs';
import { seededRandom } from './seededRandom.mjs';

/**
 * @typedef {import('./measurePairs.mjs').PairRates} PairRates
 *
 * @typedef {object} FusedOptions
 * @property {number} templateFrames pictures in a template
 * @property {number} probeFrames pictures in a probe
 * @property {number} [seed] of the splits and of the bootstrap
 * @property {number} [repetitions] random splits
 * @property {number} [resamples] of the bootstrap
 * @property {number} [minPictures] genuine pairs only of people with so many pictures: makes different numbers of frames comparable
 * @property {readonly import('./measurePairs.mjs').KnownThreshold[]} [thresholds] to be judged on fused frames: those for single pictures, say
 *
 * Plain data, ready for JSON.
 * @typedef {object} FusedReport
 * @property {number} templateFrames
 * @property {number} probeFrames
 * @property {number} repetitions
 * @property {number} identities with enough pictures for a template and a probe: only they are in genuine pairs
 * @property {number} impostorIdentities with enough pictures for a template or a probe
 * @property {number} genuinePairs of all repetitions
 * @property {number} impostorPairs of all repetitions
 * @property {string[]} notes
 * @property {PairRates['operatingPoints']} operatingPoints
 * @property {import('./measure.mjs').Measurement} measurement
 * @property {PairRates['equalErrorRate']} equalErrorRate
 * @property {PairRates['curve']} curve
 * @property {PairRates['atThresholds']} atThresholds
 */

/**
 * Operating points for templates and probes that are fused from several pictures, drawn anew in each repetition: see `drawFrames`.
 * @param {readonly import('./prepareSamples.mjs').Sample[]} samples
 * @param {FusedOptions} options
 * @returns {FusedReport}
 */
export function fusedOperatingPoints(samples, options) {
  const { templateFrames, probeFrames, seed = 1, repetitions = 5, resamples = RESAMPLES, minPictures = 0, thresholds = [] } = options;
  for (const [name, value] of Object.entries({ templateFrames, probeFrames, repetitions })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`expected ${name} of 1 or more, got ${value}`);
  }
  const { embeddings, person, names } = prepareSamples(samples);
  /** @type {Float32Array[][]} */
  const pictures = names.map(() => []);
  embeddings.forEach((embedding, i) => pictures[person[i]].push(embedding));
  const enough = Math.max(templateFrames + probeFrames, minPictures);
  const genuine = pictures.map(({ length }) => length >= enough);

  const random = seededRandom(seed);
  const splits = Array.from({ length: repetitions }, () => {
    const { templates, probes } = drawFrames(pictures, templateFrames, probeFrames, random);
    const table = distanceTable(
      templates.map(({ frames }) => fuseMean(frames)),
      probes.map(({ frames }) => fuseMean(frames)),
    );
    return { templates, probes, table };
  });
  const { operatingPoints, equalErrorRate, curve, atThresholds, genuinePairs, impostorPairs, impostorPeople } = measurePairs({
    people: names.length,
    thresholds,
    repetitions,
    seed,
    resamples,
    forEachPair: (visit) => {
      for (const { templates, probes, table } of splits) {
        templates.forEach((template, i) => {
          for (let j = 0; j < probes.length; j++) {
            const [p, q] = [template.person, probes[j].person];
            if (p !== q || genuine[p]) visit(p, q, table(i, j));
          }
        });
      }
    },
  });
  const identities = genuine.filter(Boolean).length;
  const notes = [];
  if (identities === 0) notes.push(`Nobody has ${enough} usable pictures: there are no genuine pairs.`);
  if (impostorPairs === 0) notes.push('There are no pairs of a template and a stranger’s probe.');
  else if (identities > 0 && operatingPoints.length === 0) notes.push('There are too few pairs of strangers for operating points.');
  return {
    templateFrames,
    probeFrames,
    repetitions,
    identities,
    impostorIdentities: impostorPeople,
    genuinePairs,
    impostorPairs,
    notes,
    operatingPoints,
    measurement: { identities: names.length, genuinePairs, impostorPairs, method: method() },
    equalErrorRate,
    curve,
    atThresholds,
  };

  function method() {
    const drawn = `templates of ${templateFrames} and probes of ${probeFrames} pictures (normalized means), no picture in both, drawn ${repetitions} times`;
    const own = `genuine pairs of the ${identities} people with ${enough} pictures or more`;
    return `${drawn}; ${own}, impostor pairs of ${impostorPeople}; no quality gate; 95 % intervals: ${resamples} bootstrap resamples of the identities`;
  }
}
