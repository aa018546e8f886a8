import type { EnrollmentHint, EnrollmentView } from '../shared/enrollment.js';
import type { FaceReport } from '../shared/FaceReport.js';

/** Degrees. A slight turn varies the embedding; a wide one is no longer what a login shows. */
const FRONT_YAW = 10;
const FRONT_PITCH = 15;
const LEAST_TURN = 8;
const LARGEST_TURN = 25;
/** Another distance: the face is this many times as large, or as small. */
const SCALE = 1.15;

/** How a face differs from the mean of the front's captures. */
export interface ViewOffset {
  /** Degrees to the person's left, and up. */
  readonly yaw: number;
  readonly pitch: number;
  /** How many times as large. */
  readonly scale: number;
}

/** What an enrollment expects of a view. */
export interface ViewRule {
  /** How many captures to take: most of the front, which is what later frames will look like. */
  readonly captures: number;
  /** Whether an enrollment can do without it. */
  readonly optional: boolean;
  /**
   * How far the face has got, 0 … 1, and what to change; hint null: this is the view.
   * @param offset all 0 (scale 1) before the front was captured
   */
  readonly read: (face: FaceReport, offset: ViewOffset) => { progress: number; hint: EnrollmentHint | null };
}

/** To add a view, add a row here, its name to `ENROLLMENT_VIEWS`, and words and a picture for it to the page. */
export const ENROLLMENT_VIEW_RULES: Readonly<Record<EnrollmentView, ViewRule>> = {
  front: {
    captures: 3,
    optional: false,
    read({ pose }) {
      const straight = Math.abs(pose.yaw) <= FRONT_YAW && Math.abs(pose.pitch) <= FRONT_PITCH;
      return { progress: straight ? 1 : 0, hint: straight ? null : 'look-straight' };
    },
  },
  'slightly-left': { captures: 1, optional: true, read: (_, { yaw, pitch }) => turned(yaw, pitch) },
  'slightly-right': { captures: 1, optional: true, read: (_, { yaw, pitch }) => turned(-yaw, pitch) },
  'other-distance': {
    captures: 1,
    optional: true,
    read(_, { yaw, pitch, scale }) {
      if (Math.abs(yaw) > FRONT_YAW || Math.abs(pitch) > FRONT_PITCH) return { progress: 0, hint: 'look-straight' };
      const progress = Math.min(1, Math.abs(Math.log(scale)) / Math.log(SCALE));
      return { progress, hint: progress < 1 ? 'change-distance' : null };
    },
  },
};

/** @param yaw degrees in the direction asked for */
function turned(yaw: number, pitch: number): { progress: number; hint: EnrollmentHint | null } {
  const progress = Math.min(1, Math.max(0, yaw / LEAST_TURN));
  if (Math.abs(pitch) > FRONT_PITCH) return { progress, hint: 'look-straight' };
  if (yaw < LEAST_TURN) return { progress, hint: 'turn-further' };
  return { progress, hint: yaw > LARGEST_TURN ? 'turn-back' : null };
}
