import type { Pose, Quality, QualityReason } from '../shared/FaceReport.js';

/**
 * What a good capture needs; see `Quality` for the units. Yaw, pitch and sharpness refuse about the worst tenth of press photographs, by
 * what that does to errors; the others only what is beyond use: docs/quality.md.
 */
export const QUALITY_LIMITS = {
  minEyeDistance: 24,
  /** Largest share of the picture's width that the face may fill. */
  maxFill: 0.8,
  minMargin: -0.02,
  maxYaw: 30,
  maxPitch: 20,
  /** Away from upright or from upside down. */
  maxRoll: 35,
  /** Sunglasses or a mask hide about half. */
  maxOcclusion: 0.3,
  minBrightness: 0.15,
  maxBrightness: 0.88,
  minEvenness: 0.4,
  minContrast: 0.045,
  minSharpness: 0.07,
  /** Flatter than photographs are, however compressed. */
  maxFlatness: 0.42,
  /** Flatter than most photographs: too much for a face of which the mesh is unsure. */
  maxUnsureFlatness: 0.18,
  /** The mesh's score, which on real faces is as good as 1. */
  sureScore: 1 - 1e-4,
} as const;
const L = QUALITY_LIMITS;

/** What the rules look at. */
export interface MeasuredCapture extends Omit<Quality, 'reasons'> {
  readonly pose: Pose;
  /** The share of the picture's width that the face fills. */
  readonly fill: number;
  /** Confidence that the mesh lies on a face, 0 … 1. */
  readonly faceScore: number;
  /** Whether it is certain which way up the face is. */
  readonly certain: boolean;
}

/** Whether a capture is bad, for each reason; the most important reason first. */
export type QualityRules<Reason extends string = QualityReason> = Readonly<Record<Reason, (capture: MeasuredCapture) => boolean>>;

/** A reason is a row here, its name in `QUALITY_REASONS`, and words for it in the page. */
export const QUALITY_RULES: QualityRules = {
  'cut-off': ({ margin }) => margin < L.minMargin,
  'too-close': ({ fill }) => fill > L.maxFill,
  'too-far': ({ eyeDistance }) => eyeDistance < L.minEyeDistance,
  'turned-away': ({ pose }) => Math.abs(pose.yaw) > L.maxYaw || Math.abs(pose.pitch) > L.maxPitch,
  // A face that is upside down in the picture was turned back, which its embedding does not notice.
  tilted: ({ pose, certain }) => !certain || Math.min(Math.abs(pose.roll), 180 - Math.abs(pose.roll)) > L.maxRoll,
  'too-dark': ({ brightness }) => brightness < L.minBrightness,
  'too-bright': ({ brightness }) => brightness > L.maxBrightness,
  'side-light': ({ evenness }) => evenness < L.minEvenness,
  'low-contrast': ({ contrast }) => contrast < L.minContrast,
  blurred: ({ sharpness }) => sharpness < L.minSharpness,
  // Last, both: of a dark or blurred face these estimates are less sure, and what is wrong with the light helps more.
  covered: ({ occlusion }) => occlusion > L.maxOcclusion,
  'not-a-face': ({ flatness, faceScore }) => flatness > (faceScore < L.sureScore ? L.maxUnsureFlatness : L.maxFlatness),
};

/** Why a capture is bad, most important first; empty for a good one. */
export function reasonsAgainst<Reason extends string>(capture: MeasuredCapture, rules: QualityRules<Reason>): Reason[] {
  return (Object.keys(rules) as Reason[]).filter((reason) => rules[reason](capture));
}
