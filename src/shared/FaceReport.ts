/** A point in source-image pixels: x to the right, y down, with (0, 0) at the picture's top-left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An axis-aligned rectangle in source-image pixels; (x, y) is its top-left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The five points that align a face. "Right" is the subject's right: the left side of an unmirrored picture. */
export interface FivePoints {
  readonly rightEye: Point;
  readonly leftEye: Point;
  readonly nose: Point;
  readonly rightMouth: Point;
  readonly leftMouth: Point;
}

/** Head pose in degrees; all three are 0 for a face that looks straight into the camera. */
export interface Pose {
  /** Positive: the subject turned to their left (toward the right side of an unmirrored picture). */
  readonly yaw: number;
  /** Positive: the subject looks up. */
  readonly pitch: number;
  /** Positive: the head is tilted clockwise in the picture, −180 … 180; near ±180 for a face that is upside down in it. */
  readonly roll: number;
}

/** A number for each part of a face that may be hidden. "Right" is the subject's right. */
export interface FaceParts {
  readonly rightEye: number;
  readonly leftEye: number;
  readonly nose: number;
  readonly mouth: number;
}

/** Why a capture is bad, most important first. */
export const QUALITY_REASONS = [
  'cut-off',
  'too-close',
  'too-far',
  'turned-away',
  'tilted',
  'too-dark',
  'too-bright',
  'side-light',
  'low-contrast',
  'blurred',
  'covered',
  'not-a-face',
] as const;

export type QualityReason = (typeof QUALITY_REASONS)[number];

export interface Quality {
  /**
   * Distance between the eyes, in source-image pixels. `too-far` goes by the picture as it is read, which is made smaller first where it has a
   * side of more than 4,096 pixels.
   */
  readonly eyeDistance: number;
  /** Smallest distance between the face and the picture's edge, as a share of the face's width; negative if the face is cut off. */
  readonly margin: number;
  /** Mean luminance of the face, 0 … 1. */
  readonly brightness: number;
  /** Standard deviation of the face's luminance, 0 … 0.5. */
  readonly contrast: number;
  /** Luminance of the darker half of the face divided by that of the brighter half (left against right), 0 … 1. */
  readonly evenness: number;
  /** Mean absolute Laplacian of the face's luminance in the aligned 160-pixel crop, relative to its contrast. */
  readonly sharpness: number;
  /** Share of the face that has neither texture nor noise, 0 … 1: small in photographs, large in drawings. */
  readonly flatness: number;
  /**
   * Mean eye aspect ratio of both eyes: the distance between the lids over the eye's width. Smaller when closed, but the mesh does not
   * track closed lids well.
   */
  readonly eyesOpen: number;
  /** Gap between the lips over the mouth's width; 0 when closed. */
  readonly mouthOpen: number;
  /** Estimated share of eyes, nose and mouth that something hides (sunglasses, a mask, a hand, hair), 0 … 1: the mean of `hidden`. */
  readonly occlusion: number;
  /** Estimated hidden share of each part, 0 … 1. */
  readonly hidden: FaceParts;
  /** Overall quality as one number, 0 … 1, larger is better: see `qualityScore`. No capture is refused because of it. */
  readonly score: number;
  /**
   * What to improve, most important first; empty for a good capture. A face that is upside down in the picture is turned back before it is
   * embedded, and as good as an upright one; `tilted` refuses one that lies on its side, and one of which it is uncertain which way up it
   * is.
   */
  readonly reasons: readonly QualityReason[];
}

/** Red, green and blue, 0 … 1, proportional to the light (the sRGB curve is undone). */
export type LinearRgb = readonly [red: number, green: number, blue: number];

/** Mean light of five places on a face. "Right" is the subject's right. */
export interface FaceLight {
  readonly forehead: LinearRgb;
  readonly nose: LinearRgb;
  /** The outer sides of the cheeks. */
  readonly rightCheek: LinearRgb;
  readonly leftCheek: LinearRgb;
  readonly chin: LinearRgb;
}

/** A picture in gray, small. */
export interface Thumbnail {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Source-image pixels times this are the thumbnail's. */
  readonly scale: number;
  /** Luminance, 0 … 255, row by row: [height × width]. */
  readonly data: Uint8Array;
}

/** What is known about one face in a picture. */
export interface FaceReport {
  /** Bounds of the face mesh, in source-image pixels. */
  readonly box: Box;
  readonly landmarks: FivePoints;
  /** 468 mesh points as x, y, z triples ([468 × 3]), in source-image pixels. z is depth, negative toward the camera. */
  readonly mesh: Float32Array;
  readonly pose: Pose;
  readonly quality: Quality;
  readonly light: FaceLight;
  /**
   * The whole picture, at most 96 pixels a side, where it is a frame whose faces are followed (`track`); otherwise null. A liveness session
   * compares frames by it: see docs/liveness.md.
   */
  readonly thumbnail: Thumbnail | null;
  /** Confidence that this is a face, 0 … 1, as reported by the face mesh. */
  readonly score: number;
  /** How many faces are in the picture, this one included. */
  readonly faces: number;
}
