import type { CeremonyListeners, CeremonyProgress, CeremonyPrompt } from './ceremony.js';
import type { FaceReport, QualityReason } from './FaceReport.js';
import type { LivenessHint, LivenessOptions, LivenessAction, LivenessReason, LivenessResult } from './liveness.js';
import type { LivenessRefusal, VerifyResult } from './verification.js';

/** Why a frame of a live verification does not count, and what holds a liveness session up. */
export type LiveHint =
  | 'no-face'
  | 'several-faces'
  | QualityReason
  | LivenessHint
  /** The face is not the one of the frames before: they no longer count, and new ones are taken. */
  | 'other-person';

/** `face-camera` while good frames are taken; with liveness, what its session asks for. */
export type LivePrompt = CeremonyPrompt<LivenessAction>;
export type LiveProgress = CeremonyProgress<LivenessAction, LiveHint>;

/** What every call that watches a camera until it can decide takes. */
export interface LiveOptions extends CeremonyListeners<LivenessAction, LiveHint> {
  /**
   * How long to look for good frames, milliseconds by their own times, 1000 … 60000; default 10000. A liveness session comes first and has
   * time limits of its own.
   */
  timeLimit?: number;
  /** Runs a liveness session first, with the default options or these, and compares the frames of that. Off by default. */
  liveness?: boolean | LivenessOptions;
  /** Called once there is something to decide by, before the result is there. */
  onDecide?: () => void;
}

export interface VerifyLiveOptions extends LiveOptions {
  /** As in `VerifyOptions`. */
  fmr?: number;
}

export interface VerifyLiveResult extends VerifyResult {
  /** The liveness session that ran, passed or not; null where none was asked for. */
  readonly session: LivenessResult | null;
}

export interface IdentifyLiveOptions extends LiveOptions {
  /** False positive identification rate; default 1e-2. As in `IdentifyOptions`. */
  fpir?: number;
  /** How many of the closest people to list; default 5. */
  candidates?: number;
}

export type CheckLiveOptions = LiveOptions;

/** One person in front of a camera, compared with nobody. */
export interface CheckLiveResult {
  /** Whether enough good frames of one face were seen and, where asked for, the liveness session was passed. */
  readonly passed: boolean;
  /** Only with `passed: false`. */
  readonly reason?: 'no-face' | 'several-faces' | 'low-quality' | LivenessReason;
  /** The face in the last frame that shows a single one; null if none does. */
  readonly face: FaceReport | null;
  readonly session: LivenessResult | null;
}

/** Why nobody was identified. `unknown-person`: nobody in the gallery is close enough. */
export type NotIdentifiedReason = 'unknown-person' | 'no-face' | 'several-faces' | 'low-quality' | LivenessRefusal;

/**
 * `unknown`: not known yet, since frames are too bad, or the page is in the background. `several`: more than one face is near the camera.
 */
export type Presence = 'unknown' | 'present' | 'absent' | 'someone-else' | 'several';

export interface WatchOptions {
  /** Milliseconds from one look to the next, 100 … 60000; default 1000. A device that needs longer for a look looks less often. */
  every?: number;
  /** The false match rate of one look; default 1e-3. Somebody else counts as present only after two such looks in a row. */
  fmr?: number;
  /** Called whenever the state changes. */
  onChange?: (presence: Presence, before: Presence) => void;
  /** Ends the watch. */
  signal?: AbortSignal;
}
