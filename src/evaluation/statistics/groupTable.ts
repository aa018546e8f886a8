import type { Cohort } from '../../shared/Cohort.js';
import { distanceTable } from './distanceTable.js';
import { independentPairs } from './independentPairs.js';
import { interval, type Interval } from './interval.js';
import type { KnownThreshold } from './KnownThreshold.js';
import type { Prepared } from './prepareSamples.js';
import { resamplePairs } from './resamplePairs.js';

/** Null if there are no pairs. */
export interface GroupRate {
  readonly errors: number;
  readonly rate: number | null;
  readonly interval: Interval | null;
}

export interface GroupPairs {
  /** How many people are in these pairs. */
  readonly people: number;
  readonly pairs: number;
  /** One per threshold of the table: false match rates for impostor pairs, false non-match rates for genuine ones. */
  readonly rates: readonly GroupRate[];
}

/** `a` equals `b` for the pairs within a group. */
export interface GroupCell {
  readonly a: string;
  readonly b: string;
  readonly genuine: GroupPairs;
  readonly impostor: GroupPairs;
}

/** Plain data, ready for JSON. */
export interface GroupTable {
  readonly groups: readonly { readonly name: string; readonly people: number; readonly pictures: number }[];
  /** Pictures without a group; they are in no cell. */
  readonly ungrouped: number;
  readonly thresholds: readonly KnownThreshold[];
  /** Each group with itself, then with each later one. */
  readonly cells: readonly GroupCell[];
}

/**
 * Error rates within each group and across each pair of groups, at the same thresholds for all. A person may be in several groups (sunlit
 * and indoors, for example); then there are genuine pairs across groups too.
 * @returns null if no picture has a group
 */
export function groupTable(
  { samples, embeddings, person, names }: Prepared,
  thresholds: readonly KnownThreshold[],
  { seed, resamples, cohort = null }: { readonly seed: number; readonly resamples: number; readonly cohort?: Cohort | null },
): GroupTable | null {
  const groups = [...new Set(samples.flatMap(({ group }) => group ?? []))].sort();
  if (groups.length === 0) return null;
  const group = samples.map((sample) => (sample.group === undefined ? -1 : groups.indexOf(sample.group)));
  const order = thresholds.map((_, t) => t).sort((s, t) => thresholds[s]!.threshold - thresholds[t]!.threshold);
  const bins = thresholds.length + 1;
  const pairs = groups.flatMap((_, a) => groups.slice(a).map((_, i) => ({ a, b: a + i })));
  const cellOf = groups.map((_, a) => groups.map((_, b) => pairs.findIndex((c) => c.a === Math.min(a, b) && c.b === Math.max(a, b))));

  const table = distanceTable(embeddings, embeddings, cohort);
  const counts = { genuine: new Float64Array(pairs.length * bins), impostor: new Float64Array(pairs.length * bins) };
  /** The people of each cell's pairs, by their group: only one of the two within a group. */
  const sides = () => pairs.map(() => [new Set<number>(), new Set<number>()] as const);
  const people = { genuine: sides(), impostor: sides() };
  const resampled = resamplePairs({
    people: names.length,
    bins: pairs.length * bins,
    resamples,
    seed,
    forEachPair: (add) => {
      for (let i = 0; i < samples.length; i++) {
        for (let j = 0; j < i; j++) {
          if (group[i]! < 0 || group[j]! < 0) continue;
          const [p, q] = [person[i]!, person[j]!];
          const cell = cellOf[group[i]!]![group[j]!]!;
          const distance = table(i, j);
          const accepted = order.findIndex((t) => distance <= thresholds[t]!.threshold);
          const bin = cell * bins + (accepted < 0 ? bins - 1 : accepted);
          const kind = p === q ? 'genuine' : 'impostor';
          counts[kind][bin]!++;
          const sideOf = people[kind][cell]!;
          const first = pairs[cell]!.a;
          sideOf[group[i] === first ? 0 : 1].add(p);
          sideOf[group[j] === first ? 0 : 1].add(q);
          add(p, q, bin);
        }
      }
    },
  });

  const summary = (kind: 'genuine' | 'impostor', cell: number): GroupPairs => {
    // Accepted impostor pairs and refused genuine pairs, in the measured set (stride 1) and in each resample.
    const errors = (from: Float64Array, place: number, stride: number, k: number) => {
      let [accepted, all] = [0, 0];
      for (let bin = 0; bin < bins; bin++) {
        const n = from[(cell * bins + bin) * stride + k]!;
        all += n;
        if (bin <= place) accepted += n;
      }
      return { count: kind === 'impostor' ? accepted : all - accepted, all };
    };
    const [left, other] = people[kind][cell]!;
    const right = pairs[cell]!.a === pairs[cell]!.b ? left : other;
    const inPairs = new Set([...left, ...right]).size;
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
        const independent = kind === 'genuine' ? inPairs : independentPairs(inPairs, left.size, right.size);
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
      a: groups[a]!,
      b: groups[b]!,
      genuine: summary('genuine', cell),
      impostor: summary('impostor', cell),
    })),
  };
}
