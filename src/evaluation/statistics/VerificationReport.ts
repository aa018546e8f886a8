import type { Measurement } from '../../shared/Manifest.js';
import type { Failures } from './failures.js';
import type { GroupTable } from './groupTable.js';
import type { PairRates } from './PairRates.js';
import type { ScoreHistogram } from './scoreHistogram.js';

/** Two pictures, by file name, and their Euclidean distance. */
export interface FilePair {
  readonly a: string;
  readonly b: string;
  readonly distance: number;
}

/** A measurement as stored in a manifest, without the name of the data set. */
export type UnnamedMeasurement = Omit<Measurement, 'dataset'>;

/**
 * What all pairs of a set of pictures tell about a model. Plain data, ready for JSON; rates are shares, 0 … 1; thresholds are Euclidean
 * distances, 0 … 2.
 */
export interface VerificationReport {
  readonly pictures: number;
  /** Pictures with an embedding; only these are in pairs. */
  readonly embedded: number;
  /** People among the embedded pictures. */
  readonly identities: number;
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  /** What these pictures cannot tell, in sentences. */
  readonly notes: readonly string[];
  readonly failures: Failures;
  /** What the quality gate would refuse. (The refused pictures are still in the pairs.) */
  readonly quality: { readonly refused: number; readonly reasons: Readonly<Record<string, number>> };
  readonly operatingPoints: PairRates['operatingPoints'];
  readonly measurement: UnnamedMeasurement;
  readonly equalErrorRate: PairRates['equalErrorRate'];
  readonly curve: PairRates['curve'];
  readonly atThresholds: PairRates['atThresholds'];
  readonly histogram: ScoreHistogram;
  /** The closest pairs of strangers and the most distant pairs of one person, whatever the threshold. */
  readonly worst: { readonly falseMatches: readonly FilePair[]; readonly falseNonMatches: readonly FilePair[] };
  /** Null if no picture has a group. */
  readonly groups: GroupTable | null;
}
