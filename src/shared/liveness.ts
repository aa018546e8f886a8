import type { EmbedResult } from './captures.js';
import type { CeremonyListeners, CeremonyProgress, CeremonyPrompt } from './ceremony.js';
import type { QualityReason } from './FaceReport.js';

/** What a person can be asked to do. "Left" and "right" are the person's own. */
export const CHALLENGES = ['turn-left', 'turn-right', 'look-up', 'look-down', 'come-closer', 'blink', 'open-mouth'] as const;
export type Challenge = (typeof CHALLENGES)[number];

/** Why a session was not passed. */
export const LIVENESS_REASONS = [
  /** The requested action was not seen in time. */
  'timeout',
  /** Something else was done: a recording of another session, or a mistake. */
  'wrong-action',
  'no-face',
  'several-faces',
  /** The face is not the one that the session started with. */
  'identity-changed',
  /** From one frame to the next the face moved, grew, turned or changed its light more than a face in front of a camera does. */
  'jump',
  /** No frame arrived for too long, or the frames ended. */
  'interrupted',
  /** Fewer than four frames a second arrived, too few to follow a movement: the device is busy, or the camera is in the dark. */
  'slow-frames',
  /** The camera sent the same picture over and over. */
  'frozen',
  /** The face turned the way a flat or bent picture does: the nose stayed within the surface around it. */
  'flat',
  /** The face hardly responded to the screen's light: the room is too bright, or it is itself a glowing screen. */
  'no-light',
  /** The face changed its colors, but not the way the screen did: a film made in other light. */
  'wrong-light',
  /** The whole face responded equally to the screen's light, as a print does, or a head lit by nothing but the screen. */
  'flat-light',
] as const;
export type LivenessReason = (typeof LIVENESS_REASONS)[number];

/**
 * What a session asks for. Every challenge begins and ends facing the camera; `hold-still` is the prompt during the light from the screen.
 */
export type LivenessAction = 'face-camera' | 'hold-still' | Challenge;

export type LivenessHint =
  | 'no-face'
  | 'several-faces'
  /** Fewer than four frames a second arrive. Nothing counts until more do. */
  | 'slow-frames'
  /** The movement was so fast that no frame shows the way to it. Go back, and do it again more slowly. */
  | 'too-fast'
  /** The head has to face the camera as it did the first time (at first: look straight into it), and does not. */
  | 'look-straight'
  | QualityReason;

/** What is asked for now. No step can be skipped. The `timeLimit` of `hold-still` applies to each color. */
export type LivenessPrompt = CeremonyPrompt<LivenessAction>;

export type LivenessProgress = CeremonyProgress<LivenessAction, LivenessHint>;

/** How a face responded to the light from the screen. */
export interface LightMeasures {
  /** How far the face's color changed, divided by how far the screen's color did: roughly the screen's light over the room's. */
  readonly strength: number;
  /** How much of these changes the screen's colors explain, in their order, 0 … 1. */
  readonly agreement: number;
  /** How much more nose, forehead and chin responded than the sides of the cheeks, as a share of the mean response. About 0 for a print. */
  readonly relief: number;
}

export interface LivenessMeasures {
  readonly frames: number;
  /** Median time between frames, in milliseconds. */
  readonly interval: number;
  /**
   * How far the tip of the nose stands out from the surface around it, in units of the distance between the eyes: computed from how it
   * moved when the head turned, minus excess foreshortening of the face. The smallest value of all turns; about 0 or less for a picture.
   * Null if no turn was completed.
   */
  readonly parallax: number | null;
  /** Largest distance between a frame's embedding and the first ones of the session; null if nothing was compared. */
  readonly drift: number | null;
  /** Largest distance between the mean embeddings of two of the times when the face looked into the camera; null before the second. */
  readonly restDrift: number | null;
  /** Null if the session did not ask for light, or did not reach the end of it. */
  readonly light: LightMeasures | null;
  /** How long each completed challenge took, in milliseconds. */
  readonly times: readonly number[];
}

/** The outcome of a session. Not passing is a result, never an error. */
export interface LivenessResult {
  readonly passed: boolean;
  /** Only with `passed: false`. */
  readonly reason?: LivenessReason;
  /** The challenges, in the order they were asked for. */
  readonly challenges: readonly Challenge[];
  /** How many of them were completed. */
  readonly done: number;
  /**
   * Good frames of the face looking into the camera: at least one from each time it was asked to, and three at least in all. Pass them to
   * `verify`, together with this result. Empty if the session was not passed.
   */
  readonly captures: readonly EmbedResult[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly measures: LivenessMeasures;
}

/**
 * Lights the face with the screen; off unless a page passes this in. The page must ask first: colors that change must not be shown without
 * warning to anyone with photosensitive epilepsy.
 */
export interface LivenessLight {
  /**
   * Shows a color (`#rrggbb`) on as much of the screen as possible, in place of the previous one. With null, restores the page. Called at
   * most once a second, and with null at the end, even if the session fails. Fade to the color within 0.2 to 0.4 s: the camera needs most
   * of the second.
   */
  readonly show: (color: string | null) => void;
}

export interface LivenessOptions {
  /**
   * What may be asked for; default: all of `CHALLENGES`. Must include at least one of `turn-left`, `turn-right`, `look-up` and `look-down`.
   */
  challenges?: readonly Challenge[];
  /** How many are asked for; default 3, or fewer if `challenges` has fewer. */
  count?: number;
  /** Time limit for each prompt in milliseconds; default 8000. */
  timeLimit?: number;
  /**
   * Whether the frames are already mirrored when they are passed in; default false. (Frames that are only displayed mirrored do not count.)
   */
  mirrored?: boolean;
  /** Also checks, after the movements, that the face responds to colored light from the screen; off by default. Takes about 6 seconds. */
  light?: LivenessLight;
  /** Source of random numbers from 0 up to but not including 1; default: the browser's cryptographic source. */
  random?: () => number;
}

export type LivenessRunOptions = CeremonyListeners<LivenessAction, LivenessHint>;
