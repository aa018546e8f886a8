import { fivePoints } from '../geometry/fivePoints.js';
import type { Picture } from '../geometry/Picture.js';
import { trackedFrame } from '../geometry/trackedFrame.js';
import { turnFrame } from '../geometry/turnFrame.js';
import type { DetectedFrame } from './FaceDetector.js';
import type { FaceMesher, LaidMesh } from './FaceMesher.js';

/**
 * The detector learned from upright faces: it is at least this sure of nearly all of those, and only seldom of a face that it takes for
 * upright while it is upside down. So is the mesh by `SURE_MESH`, which is as good as 1 on a face the right way up. Figures:
 * docs/quality.md.
 */
const SURE_DETECTION = 0.85;
const SURE_MESH = 1 - 1e-4;
/** One way up is believed when the mesh doubts it (1 − score) so many times less than any other. */
const CLEARLY = 10;
/** Doubts below this are alike: single precision ends here. */
const LEAST_DOUBT = 1e-6;

/** A mesh, and whether it is certain which way up the face is. */
export interface OrientedMesh extends LaidMesh {
  readonly certain: boolean;
}

/**
 * Lays the mesh over a face that the detector has just found, whichever way up that is. The detector takes most upside-down faces for
 * upright ones, and a mesh laid the wrong way round is often sure enough of itself. So, unless detector and mesh are both as sure as they
 * are of upright faces (one mesh, as for a followed face), it is laid in all four directions, and turned where another way is clearly
 * better (six meshes).
 */
export async function layMesh(mesher: FaceMesher, picture: Picture, frame: DetectedFrame): Promise<OrientedMesh> {
  const first = await mesher.locate(picture, frame);
  if (frame.score >= SURE_DETECTION && first.score >= SURE_MESH) return { ...first, certain: true };
  let other: LaidMesh | null = null;
  for (const quarters of [1, 2, 3]) {
    const turned = await mesher.locate(picture, turnFrame(frame, quarters));
    if (!other || turned.score > other.score) other = turned;
  }
  const gain = doubtOf(first) / doubtOf(other!);
  if (gain >= CLEARLY) return { ...(await reframed(mesher, picture, other!)), certain: true };
  if (gain > 1 / CLEARLY) return { ...first, certain: false };
  return { ...(isUpsideDown(first) ? await reframed(mesher, picture, first) : first), certain: true };
}

/** The detector's box lies askew on a face that is not upright: the mesh frames it better, the second time better still. */
async function reframed(mesher: FaceMesher, picture: Picture, laid: LaidMesh): Promise<LaidMesh> {
  let best = laid;
  for (let i = 0; i < 2; i++) {
    const { mesh } = best;
    const again = await mesher.locate(picture, trackedFrame({ mesh, landmarks: fivePoints(mesh) }));
    if (doubtOf(again) > CLEARLY * doubtOf(best)) break;
    best = again;
  }
  return best;
}

function isUpsideDown({ mesh }: LaidMesh): boolean {
  const { rightEye, leftEye } = fivePoints(mesh);
  return leftEye.x < rightEye.x;
}

function doubtOf({ score }: LaidMesh): number {
  return 1 - score + LEAST_DOUBT;
}
