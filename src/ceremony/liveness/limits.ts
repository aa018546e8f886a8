/**
 * What counts as an action, and as a face that stays one and the same. Angles in degrees, lengths in distances between the eyes (at rest), times in
 * milliseconds. Tuned with `npm run attacks`; docs/liveness.md has the figures.
 */
export const LIVENESS_LIMITS = {
  /** Change of yaw that is a turn of the head, and of pitch that is a look up or down. */
  turn: 20,
  pitch: 13,
  /** The face must grow by this factor. */
  closer: 1.2,
  /** The lips must part by so much more than at rest, in widths of the mouth. */
  mouth: 0.1,
  /** Lips that part where nobody asked for it: so much more is needed to call it another action, people speak and smile. */
  mouthUnasked: 0.2,
  /** Openness of an eye, as a share of what it is at rest: below is shut, above is open. */
  eyeShut: 0.88,
  eyeOpen: 0.93,
  blinkMin: 40,
  blinkMax: 1500,
  /** An action must be seen in so many frames, one after the other. */
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
  /** From frame to frame: so much at once, and so much per second. */
  shift: [0.3, 4],
  growth: [0.12, 1.5],
  rotation: [8, 180],
  light: [0.08, 0.6],
  /** A face that moves less than this (root mean square of the mesh) from frame to frame is a still picture from a stopped camera. */
  stillness: 2e-4,
  stillFrames: 6,

  /** Furthest distance from the session's first embeddings: toward the camera, and turned. */
  identity: 0.9,
  identityTurned: 1.15,
  /** Within this of rest a face counts as toward the camera. */
  identityPose: 8,
  /** Milliseconds after which a frame is embedded again. */
  embedEvery: 300,

  /** Least `parallax` (see `LivenessMeasures`) of a turn to a side, and of a look up or down. */
  parallax: { yaw: 0.16, pitch: 0.06 },

  /** A color of the screen is shown for at least so long, is read after so long, and in so many frames. */
  lightHold: 1000,
  lightSettle: 500,
  lightFrames: 3,
  /** Least `strength`, `agreement` and `relief` (see `LightMeasures`). */
  lightStrength: 0.05,
  lightAgreement: 0.85,
  lightRelief: 0.25,
} as const;
