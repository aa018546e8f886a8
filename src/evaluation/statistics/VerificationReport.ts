import type { Measurement } from '../../shared/Manifest.js';
import type { Failures } from './failures.js';
import type { GroupTable } from './groupTable.js';
import type { PairRates } from './PairRates.js';
import type { ScoreHistogram } from './scoreHistogram.js';

/** Two pictures, by their files, with their Euclidean distance. */
export interface FilePair {
  readonly a: string;
  readonly b: string;
  readonly distance: number;
}

/** A measurement as a manifest keeps it, but for the name of the data set. */
export type UnnamedMeasurement = Omit<Measurement, 'dataset'>;

/** What all pairs of a set of pictures tell about a model. Plain data, ready for JSON; rates are shares, 0 … 1, thresholds Euclidean distances, 0 … 2. */
export interface VerificationReport {
  readonly pictures: number;
  /** Pictures with an embedding: only they are in pairs. */
  readonly embedded: number;
  /** Of the embedded pictures. */
  readonly identities: number;
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  /** What these pictures cannot tell, in sentences. */
  readonly notes: readonly string[];
  readonly failures: Failures;
  /** What the quality gate would refuse (nothing is left out of the pairs for it). */
  readonly quality: { readonly refused: number; readonly reasons: Readonly<Record<string, number>> };
  readonly operatingPoints: PairRates['operatingPoints'];
  readonly measurement: UnnamedMeasurement;
  readonly equalErrorRate: PairRates['equalErrorRate'];
  readonly curve: PairRates['curve'];
  readonly atThresholds: PairRates['atThresholds'];
  readonly histogram: ScoreHistogram;
  /** The closest strangers and the most distant pairs of one person, whatever the threshold. */
  readonly worst: { readonly falseMatches: readonly FilePair[]; readonly falseNonMatches: readonly FilePair[] };
  /** Null where no picture has a group. */
  readonly groups: GroupTable | null;
}
