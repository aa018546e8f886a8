/**
 * What counts as an action, and as one and the same face. Angles in degrees, lengths in distances between the eyes (at rest), times in
 * milliseconds. Tuned with `npm run attacks`; docs/liveness.md has the figures.
 */
export const LIVENESS_LIMITS = {
  /** How much the yaw must change for a turn of the head, and the pitch for a look up or down. */
  turn: 20,
  pitch: 13,
  /** The face must grow by this factor. */
  closer: 1.2,
  /** How much further than at rest the lips must part, in widths of the mouth. */
  mouth: 0.1,
  /** The same where nobody asked for it, until it counts as another action: people speak and smile. */
  mouthUnasked: 0.2,
  /** Openness of an eye as a share of its openness at rest: below the first it is shut, above the second open. */
  eyeShut: 0.88,
  eyeOpen: 0.93,
  blinkMin: 40,
  blinkMax: 1500,
  /** How many frames in a row must show an action. */
  held: 2,
  /**
   * How many frames must show a head on its way from rest to a pose: further along than `pathFrom` and less far than `pathTo`, as shares of
   * the way, and each further along than the one before by `pathStep`.
   */
  pathFrames: 2,
  pathFrom: 0.1,
  pathTo: 0.9,
  pathStep: 0.12,
  /** How much contrast they must have, as a share of what the face has at rest and in the pose, whichever is less. */
  pathContrast: 0.9,
  /**
   * How far they must be from being a blend of two other frames (see `blendOf`), and by what share of a frame's variance these must differ
   * to tell.
   */
  pathBlend: 0.02,
  pathDiffering: 0.3,
  /** How long the pose must be held, so that a picture which fades in has all of its contrast. */
  poseTime: 300,
  /** Who came too fast must go back to at most this much of the action. */
  backAtRest: 0.3,

  /** Facing the camera: at first by the pose, later by the difference from the first time. */
  frontalYaw: 14,
  frontalPitch: 22,
  restPose: 8,
  restMouth: 0.08,
  restFrames: 3,
  restTime: 250,

  /** Longest time without a frame, without a face, and with several. */
  maxGap: 1000,
  /** Longest mean time from frame to frame, over so many frames: four a second. */
  maxInterval: 250,
  intervalFrames: 4,
  maxAbsence: 500,
  maxSeveralFaces: 150,
  /** The most that may change from frame to frame: this much at once, plus this much per second of the time between, up to `jumpTime`. */
  jumpTime: 200,
  shift: [0.3, 4],
  growth: [0.12, 1.5],
  rotation: [8, 180],
  light: [0.08, 0.6],
  /** A face that moves less than this from frame to frame (root mean square over the mesh) is a still picture from a stopped camera. */
  stillness: 2e-4,
  stillFrames: 6,

  /** The furthest an embedding may be from the session's first ones: facing the camera, and turned. */
  identity: 0.9,
  identityTurned: 1.15,
  /** The furthest that the mean embeddings of two rests may be apart. */
  identityRests: 0.75,
  /** A face within this of rest counts as facing the camera. */
  identityPose: 8,
  /** How often a frame is embedded, milliseconds. */
  embedEvery: 300,

  /** Least `parallax` (see `LivenessMeasures`) of a turn to a side, and of a look up or down. */
  parallax: { yaw: 0.16, pitch: 0.06 },

  /** How long each color is shown at least, how long after it appeared it is read, and in how many frames. */
  lightHold: 1000,
  lightSettle: 500,
  lightFrames: 3,
  /** Least `strength`, `agreement` and `relief` (see `LightMeasures`). */
  lightStrength: 0.05,
  lightAgreement: 0.85,
  lightRelief: 0.25,
} as const;
