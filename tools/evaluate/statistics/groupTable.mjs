import { distanceTable } from './distanceTable.mjs';
import { interval } from './interval.mjs';
import { resamplePairs } from './resamplePairs.mjs';

/**
 * @typedef {{ errors: number, rate: number | null, interval: import('./interval.mjs').Interval | null }} GroupRate null without pairs
 * @typedef {{ people: number, pairs: number, rates: GroupRate[] }} GroupPairs `rates`: one for each threshold of the table; `people`: who are in these pairs
 * @typedef {{ a: string, b: string, genuine: GroupPairs, impostor: GroupPairs }} GroupCell `a` is `b` for the pairs within a group
 *
 * @typedef {object} GroupTable
 * @property {{ name: string, people: number, pictures: number }[]} groups
 * @property {number} ungrouped pictures without a group, in no cell
 * @property {import('./measurePairs.mjs').KnownThreshold[]} thresholds
 * @property {GroupCell[]} cells each group with itself, then with each later one
 */

/**
 * Error rates within each group and across each pair of groups, at thresholds that hold for all. A person may be in several groups
 * (sunlit and indoors, say): then there are genuine pairs across groups too.
 * @param {import('./prepareSamples.mjs').Prepared} prepared
 * @param {import('./measurePairs.mjs').KnownThreshold[]} thresholds
 * @param {{ seed: number, resamples: number }} options
 * @returns {GroupTable | null} null where no picture has a group
 */
export function groupTable({ samples, embeddings, person, names }, thresholds, { seed, resamples }) {
  const groups = [...new Set(samples.flatMap(({ group }) => group ?? []))].sort();
  if (groups.length === 0) return null;
  const group = samples.map((sample) => (sample.group === undefined ? -1 : groups.indexOf(sample.group)));
  const order = thresholds.map((_, t) => t).sort((s, t) => thresholds[s].threshold - thresholds[t].threshold);
  const bins = thresholds.length + 1;
  const pairs = groups.flatMap((_, a) => groups.slice(a).map((_, i) => ({ a, b: a + i })));
  const cellOf = groups.map((_, a) => groups.map((_, b) => pairs.findIndex((c) => c.a === Math.min(a, b) && c.b === Math.max(a, b))));

  const table = distanceTable(embeddings);
  const counts = { genuine: new Float64Array(pairs.length * bins), impostor: new Float64Array(pairs.length * bins) };
  const people = { genuine: pairs.map(() => new Set()), impostor: pairs.map(() => new Set()) };
  const resampled = resamplePairs({
    people: names.length,
    bins: pairs.length * bins,
    resamples,
    seed,
    forEachPair: (add) => {
      for (let i = 0; i < samples.length; i++) {
        for (let j = 0; j < i; j++) {
          if (group[i] < 0 || group[j] < 0) continue;
          const [p, q] = [person[i], person[j]];
          const cell = cellOf[group[i]][group[j]];
          const distance = table(i, j);
          const accepted = order.findIndex((t) => distance <= thresholds[t].threshold);
          const bin = cell * bins + (accepted < 0 ? bins - 1 : accepted);
          const kind = p === q ? 'genuine' : 'impostor';
          counts[kind][bin]++;
          people[kind][cell].add(p).add(q);
          add(p, q, bin);
        }
      }
    },
  });

  /** @param {'genuine' | 'impostor'} kind @param {number} cell @returns {GroupPairs} */
  const summary = (kind, cell) => {
    // Accepted impostors and refused genuine pairs, in the measured set (stride 1) and in each resample.
    const errors = (
      /** @type {Float64Array} */ from,
      /** @type {number} */ place,
      /** @type {number} */ stride,
      /** @type {number} */ k,
    ) => {
      let [accepted, all] = [0, 0];
      for (let bin = 0; bin < bins; bin++) {
        const n = from[(cell * bins + bin) * stride + k];
        all += n;
        if (bin <= place) accepted += n;
      }
      return { count: kind === 'impostor' ? accepted : all - accepted, all };
    };
    const inPairs = people[kind][cell].size;
    const pairCount = errors(counts[kind], 0, 1, 0).all;
    return {
      people: inPairs,
      pairs: pairCount,
      rates: thresholds.map((_, t) => {
        const place = order.indexOf(t);
        const { count } = errors(counts[kind], place, 1, 0);
        if (pairCount === 0) return { errors: 0, rate: null, interval: null };
        const rates = Array.from({ length: resamples }, (_, k) => {
          const one = errors(resampled[kind], place, resamples, k);
          return one.count / one.all;
        });
        const independent = kind === 'genuine' ? inPairs : Math.floor(inPairs / 2);
        return { errors: count, rate: count / pairCount, interval: interval(rates, count / pairCount, independent) };
      }),
    };
  };

  return {
    groups: groups.map((name, g) => {
      const members = samples.filter((_, i) => group[i] === g);
      return { name, people: new Set(members.map(({ identity }) => identity)).size, pictures: members.length };
    }),
    ungrouped: group.filter((g) => g < 0).length,
    thresholds: thresholds.map(({ fmr, threshold }) => ({ fmr, threshold })),
    cells: pairs.map(({ a, b }, cell) => ({
      a: groups[a],
      b: groups[b],
      genuine: summary('genuine', cell),
      impostor: summary('impostor', cell),
    })),
  };
}
