import type { EmbedResult } from './captures.js';
import type { CeremonyListeners, CeremonyProgress, CeremonyPrompt } from './ceremony.js';
import type { QualityReason } from './FaceReport.js';

/** What a person can be asked to do. "Left" and "right" are the person's own. */
export const CHALLENGES = ['turn-left', 'turn-right', 'look-up', 'look-down', 'come-closer', 'blink', 'open-mouth'] as const;
export type Challenge = (typeof CHALLENGES)[number];

/** Why a session was not passed. */
export const LIVENESS_REASONS = [
  /** What was asked for was not seen in time. */
  'timeout',
  /** Something else was done: a recording of another session, or a mistake. */
  'wrong-action',
  'no-face',
  'several-faces',
  /** The face is not the one that the session began with. */
  'identity-changed',
  /** From one frame to the next the face moved, grew, turned or changed its light further than a face in front of a camera does. */
  'jump',
  /** No frames for too long, or they ended. */
  'interrupted',
  /** The camera sent the same picture again and again. */
  'frozen',
  /** The face turned as a flat or bent picture does: the nose stayed in the surface around it. */
  'flat',
  /** The face hardly answered the screen's light: the room is too bright for it, or a screen glows of itself. */
  'no-light',
  /** The face changed its colors, but not as the screen did: a film made in other light. */
  'wrong-light',
  /** The whole face answered the screen's light alike, as a print does, or a head that only the screen lights. */
  'flat-light',
] as const;
export type LivenessReason = (typeof LIVENESS_REASONS)[number];

/** What a session asks for. Every challenge begins and ends facing the camera; `hold-still` is for the light of the screen. */
export type LivenessAction = 'face-camera' | 'hold-still' | Challenge;

export type LivenessHint = 'no-face' | 'several-faces' | QualityReason;

/** What is asked for now; no step can be skipped. The `timeLimit` of `hold-still` is for each color. */
export type LivenessPrompt = CeremonyPrompt<LivenessAction>;

export type LivenessProgress = CeremonyProgress<LivenessAction, LivenessHint>;

/** How a face answered the light of the screen. */
export interface LightMeasures {
  /** How far the color of the face changed, for how far that of the screen did: about the screen's light divided by the room's. */
  readonly strength: number;
  /** How much of these changes the screen's colors explain, in their order, 0 … 1. */
  readonly agreement: number;
  /** How much more nose, forehead and chin answered than the sides of the cheeks, as a share of the mean answer. A print has about 0. */
  readonly relief: number;
}

export interface LivenessMeasures {
  readonly frames: number;
  /** Median milliseconds from frame to frame. */
  readonly interval: number;
  /**
   * How far the tip of the nose stands out of the surface around it, in distances between the eyes, from how it moved when the head turned, less
   * what the face was foreshortened too much; the smallest of all turns. A picture has about 0 or less. Null where no turn was finished.
   */
  readonly parallax: number | null;
  /** Largest distance of a frame's embedding from the first ones of the session; null where nothing was compared. */
  readonly drift: number | null;
  /** Null where the session asked for no light, or did not come to its end. */
  readonly light: LightMeasures | null;
  /** Milliseconds that each finished challenge took. */
  readonly times: readonly number[];
}

/** What a session came to. Not passing is a result, never an error. */
export interface LivenessResult {
  readonly passed: boolean;
  /** Only with `passed: false`. */
  readonly reason?: LivenessReason;
  /** What was asked for, in this order. */
  readonly challenges: readonly Challenge[];
  /** How many of them were done. */
  readonly done: number;
  /** Good frames of the face toward the camera, from the session's end: `verify` them. Empty where it was not passed. */
  readonly captures: readonly EmbedResult[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly measures: LivenessMeasures;
}

/**
 * Lights the face by the screen: off unless a page hands this over. The page must ask before it does: nobody with photosensitive epilepsy may be shown
 * colors that change without having been warned.
 */
export interface LivenessLight {
  /**
   * Shows a color on as much of the screen as can be, in place of the one before; null: none, the page is as it was. Called once a second at most, with
   * `#rrggbb`, and with null at the end, also where the session fails. Fade to it in 0.2 to 0.4 s; the longest part of a second is for the camera.
   */
  readonly show: (color: string | null) => void;
}

export interface LivenessOptions {
  /** What may be asked for; default all. At least one of `turn-left`, `turn-right`, `look-up` and `look-down` must be among them. */
  challenges?: readonly Challenge[];
  /** How many are asked for; default 3 (or as many as there are). */
  count?: number;
  /** Milliseconds for each prompt; default 8000. */
  timeLimit?: number;
  /** Whether the frames are mirrored before they come here (a mirrored view of unmirrored frames does not count); default false. */
  mirrored?: boolean;
  /** Also checks, after the movements, that the face answers colored light from the screen; default: no. Takes about 6 seconds. */
  light?: LivenessLight;
  /** A number in 0 … 1, 1 excluded; default: the browser's cryptographic source. */
  random?: () => number;
}

export type LivenessRunOptions = CeremonyListeners<LivenessAction, LivenessHint>;
