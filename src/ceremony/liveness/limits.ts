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

  /** Facing the camera: at first by the pose, later by the difference from the first time. */
  frontalYaw: 14,
  frontalPitch: 22,
  restPose: 8,
  restMouth: 0.08,
  restFrames: 3,
  restTime: 250,

  /** Longest time without a frame, without a face, and with several. */
  maxGap: 1000,
  maxAbsence: 500,
  maxSeveralFaces: 150,
  /** The most that may change from frame to frame: this much at once, plus this much per second. */
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
