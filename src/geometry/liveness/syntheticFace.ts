// For tests: faces made of nothing but geometry.
import { fivePoints } from '../fivePoints.js';
import { meshBox } from '../meshBox.js';
import type { FaceLight, FaceReport } from '../../shared/FaceReport.js';
import { litBy } from './syntheticLight.js';

/** Angles in degrees, lengths in distances between the eyes. */
export interface SyntheticPose {
  readonly yaw?: number;
  readonly pitch?: number;
  readonly scale?: number;
  readonly right?: number;
  /** 1: open. */
  readonly eyes?: number;
  /** Distance between the lips. */
  readonly mouth?: number;
  /** How far the tip of the nose stands out; 0: a picture, whose mesh claims the turn all the same. */
  readonly nose?: number;
  readonly brightness?: number;
  /** Default: a grey that is the same everywhere. */
  readonly light?: FaceLight;
  /** Trembles with this seed, as meshes of a camera's frames do. */
  readonly noise?: number;
}

const EYES = 80;
const CENTRE = { x: 320, y: 240 };
/** Points with a meaning, in distances between the eyes; y from the line of the eyes. */
const KNOWN: Record<number, readonly [x: number, y: number]> = {
  33: [-0.72, 0],
  133: [-0.28, 0],
  362: [0.28, 0],
  263: [0.72, 0],
  61: [-0.4, 1.05],
  291: [0.4, 1.05],
  78: [-0.32, 1.05],
  308: [0.32, 1.05],
};
const LIDS = { up: [160, 159, 158, 387, 386, 385], down: [144, 145, 153, 373, 374, 380], x: [-0.58, -0.5, -0.42, 0.58, 0.5, 0.42] };
const NOSE = [1, 4, 5, 19, 44, 274];

/** A face with exactly such a pose; what the mesh network would see. */
export function syntheticFace(pose: SyntheticPose = {}): FaceReport {
  const {
    yaw = 0,
    pitch = 0,
    scale = 1,
    right = 0,
    eyes = 1,
    mouth = 0,
    nose = 0.45,
    brightness = 0.5,
    noise = 0,
    light = litBy(null),
  } = pose;
  const [sy, cy] = [Math.sin((yaw * Math.PI) / 180), Math.cos((yaw * Math.PI) / 180)];
  const [sp, cp] = [Math.sin((pitch * Math.PI) / 180), Math.cos((pitch * Math.PI) / 180)];
  const mesh = new Float32Array(468 * 3);
  for (let i = 0; i < 468; i++) {
    // Points without a meaning lie on a spiral over the face.
    const [radius, angle] = [Math.sqrt(i / 468), i * 2.4];
    let [x, y, z] = [0.9 * radius * Math.cos(angle), 0.45 + 1.2 * radius * Math.sin(angle), 0];
    if (KNOWN[i]) [x, y] = KNOWN[i] as [number, number];
    const lid = LIDS.up.indexOf(i) >= 0 ? LIDS.up.indexOf(i) : LIDS.down.indexOf(i);
    if (lid >= 0) [x, y] = [LIDS.x[lid]!, (LIDS.up.includes(i) ? -0.1 : 0.1) * eyes];
    if (i === 13) [x, y] = [0, 1.04 - mouth / 2];
    if (i === 14) [x, y] = [0, 1.06 + mouth / 2];
    if (NOSE.includes(i)) [x, y, z] = [0.02 * (NOSE.indexOf(i) - 2.5), 0.62, -nose];
    const ay = cp * (y - 0.5) + sp * z;
    const az = -sp * (y - 0.5) + cp * z;
    const [px, pz] = [cy * x - sy * az, sy * x + cy * az];
    const tremble = (k: number) => (noise === 0 ? 0 : 0.003 * Math.sin(noise * 12.9898 + i * 78.233 + k * 37.719));
    mesh[3 * i] = CENTRE.x + EYES * (right + scale * (px + tremble(0)));
    mesh[3 * i + 1] = CENTRE.y + EYES * scale * (ay + tremble(1));
    mesh[3 * i + 2] = EYES * scale * pz;
  }
  const landmarks = fivePoints(mesh);
  const { rightEye, leftEye } = landmarks;
  const eyeDistance = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const quality = {
    eyeDistance,
    margin: 1,
    brightness,
    contrast: 0.2,
    evenness: 0.9,
    sharpness: 0.1,
    reasons: [],
  } as unknown as FaceReport['quality'];
  return { box: meshBox(mesh), landmarks, mesh, pose: { yaw, pitch, roll: 0 }, quality, light, score: 1, faces: 1 };
}
