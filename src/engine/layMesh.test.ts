import { describe, expect, it } from 'vitest';
import type { FaceFrame } from '../geometry/meshView.js';
import type { Picture } from '../geometry/Picture.js';
import type { DetectedFrame } from './FaceDetector.js';
import type { FaceMesher } from './FaceMesher.js';
import { layMesh } from './layMesh.js';

const PICTURE = { width: 640, height: 480, sample: () => undefined } satisfies Picture;
const frame = (score: number): DetectedFrame => ({
  ...{ center: { x: 100, y: 100 }, side: 80, score },
  ...{ rightEye: { x: 80, y: 80 }, leftEye: { x: 120, y: 80 } },
});

/** A mesher whose score depends on the direction of the eyes, in quarters clockwise; the mesh tells the direction it was laid in. */
function mesher(scores: readonly [number, number, number, number]) {
  const laid: number[] = [];
  const locate = (_: Picture, { rightEye, leftEye }: FaceFrame) => {
    const angle = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
    const quarters = (Math.round(angle / (Math.PI / 2)) + 4) % 4;
    laid.push(quarters);
    return Promise.resolve({ mesh: meshAt(angle), score: scores[quarters] });
  };
  return { laid, mesher: { locate } as unknown as FaceMesher };
}

/** Points on a circle, the eyes' corners to the left and right of the middle, turned by an angle. */
function meshAt(angle: number): Float32Array {
  const mesh = new Float32Array(468 * 3);
  for (let i = 0; i < 468; i++) {
    mesh[3 * i] = 100 + 40 * Math.cos(i);
    mesh[3 * i + 1] = 100 + 40 * Math.sin(i);
  }
  const put = (indices: readonly number[], x: number) => {
    for (const i of indices) {
      mesh[3 * i] = 100 + x * Math.cos(angle);
      mesh[3 * i + 1] = 100 + x * Math.sin(angle);
    }
  };
  put([33, 133, 159, 145], -20);
  put([362, 263, 386, 374], 20);
  return mesh;
}

describe('layMesh', () => {
  it('lays one mesh where detector and mesh are sure', async () => {
    const { laid, mesher: sure } = mesher([1, 1, 1, 1]);
    expect(await layMesh(sure, PICTURE, frame(0.9))).toMatchObject({ score: 1, certain: true });
    expect(laid).toEqual([0]);
  });

  it.each([
    ['the detector is unsure', 0.7, [1, 0.3, 0.9, 0.2]],
    ['the mesh is unsure', 0.95, [0.99, 0.3, 0.5, 0.2]],
  ] as const)('keeps the way up that is clearly better where %s', async (_, detection, scores) => {
    const { laid, mesher: unsure } = mesher([...scores]);
    expect(await layMesh(unsure, PICTURE, frame(detection))).toMatchObject({ score: scores[0], certain: true });
    expect(laid).toEqual([0, 1, 2, 3]);
  });

  it('turns a face back, and frames it anew by the mesh', async () => {
    const { laid, mesher: upsideDown } = mesher([0.99, 0.1, 1, 0.2]);
    expect(await layMesh(upsideDown, PICTURE, frame(0.7))).toMatchObject({ score: 1, certain: true });
    expect(laid).toEqual([0, 1, 2, 3, 2, 2]);
  });

  it('is uncertain where two ways up are alike', async () => {
    const { mesher: torn } = mesher([0.99, 0.1, 0.995, 0.2]);
    expect(await layMesh(torn, PICTURE, frame(0.7))).toMatchObject({ score: 0.99, certain: false });
  });
});
