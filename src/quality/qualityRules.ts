import type { Pose, Quality, QualityReason } from '../shared/FaceReport.js';

/**
 * What a good capture needs; see `Quality` for the units. Yaw, pitch and sharpness refuse about the worst tenth of press photographs, by what that
 * does to errors; the others only what is beyond use: docs/quality.md.
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
} as const;
const L = QUALITY_LIMITS;

/** What the rules look at. */
export interface MeasuredCapture extends Omit<Quality, 'reasons'> {
  readonly pose: Pose;
  /** The share of the picture's width that the face fills. */
  readonly fill: number;
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
  // Last: of a dark or blurred face the estimate is less sure.
  covered: ({ occlusion }) => occlusion > L.maxOcclusion,
};

/** Why a capture is bad, most important first; empty for a good one. */
export function reasonsAgainst<Reason extends string>(capture: MeasuredCapture, rules: QualityRules<Reason>): Reason[] {
  return (Object.keys(rules) as Reason[]).filter((reason) => rules[reason](capture));
}
