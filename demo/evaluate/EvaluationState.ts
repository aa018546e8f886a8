import type { Box, VerifierInfo } from '../../src/index.js';
import type { FusedReport, Sample, VerificationReport } from '../../src/evaluation.js';
import type { Photo } from '../photos/AlbumState.js';
import { Store } from '../state/Store.js';

/** A picture as the statistics know it, with the file that thumbnails are cut from. */
export interface EvaluatedPicture extends Sample {
  readonly photo: Photo;
  /** Of the face that was embedded, in pixels of the picture; null without one. */
  readonly box: Box | null;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Null until it can be told. */
  readonly secondsLeft: number | null;
}

/** Why reading ended before the last picture. */
export interface Stopped {
  readonly done: number;
  readonly total: number;
  readonly why: 'canceled' | 'engine';
}

export interface EvaluationState {
  readonly phase: 'empty' | 'reading' | 'comparing' | 'done';
  /** Of the chosen pictures. */
  readonly setName: string;
  /** Only while reading. */
  readonly progress: Progress | null;
  /** All that were read, once reading has ended. */
  readonly pictures: readonly EvaluatedPicture[];
  readonly stopped: Stopped | null;
  /** Milliseconds for each picture that was read; 0 without any. */
  readonly pictureMs: number;
  /** What the pictures were read by. */
  readonly info: VerifierInfo | null;
  readonly report: VerificationReport | null;
  /** The same by plain distances, for a model that decides by normalized ones; otherwise null. */
  readonly plain: VerificationReport | null;
  /** Grows while the results are already on view. */
  readonly fused: readonly FusedReport[];
  /** How many of them are still to come. */
  readonly fusedLeft: number;
  /** The false match rate that the threshold is recommended at. */
  readonly fmr: number;
  /** What to say about the last choice of files, one paragraph each. */
  readonly notes: readonly string[];
}

export type EvaluationStore = Store<EvaluationState>;

export const EMPTY: EvaluationState = {
  phase: 'empty',
  setName: '',
  progress: null,
  pictures: [],
  stopped: null,
  pictureMs: 0,
  info: null,
  plain: null,
  report: null,
  fused: [],
  fusedLeft: 0,
  fmr: 1e-3,
  notes: [],
};

export function createEvaluationStore(): EvaluationStore {
  return new Store<EvaluationState>(EMPTY);
}
