import { expect, it, vi } from 'vitest';
import { faceOf } from '../geometry/fixtures/faceOf.js';
import { fivePoints } from '../geometry/fivePoints.js';
import type { Picture } from '../geometry/Picture.js';
import type { FivePoints } from '../shared/FaceReport.js';
import type { Embedder } from './Embedder.js';
import type { DetectedFrame, FaceDetector } from './FaceDetector.js';
import type { FaceMesher } from './FaceMesher.js';
import { FacePipeline } from './FacePipeline.js';

vi.mock('../quality/assessQuality.js', () => ({ assessQuality: () => ({ score: 1, reasons: [] }) }));
vi.mock('../quality/measureFaceLight.js', () => ({ measureFaceLight: () => null }));

/** A face at x, with every point of its mesh near its middle. */
function meshAt(x: number): Float32Array {
  const head = faceOf({ yaw: 0, pitch: 0, roll: 0 });
  return head.map((value, i) => (i % 3 === 0 ? (value || 300) + x : i % 3 === 1 ? value || 200 : value));
}

/** A pipeline whose detector finds a face for each mesh, in that order; what it embeds is the x of the right eye in the crop in place. */
function seeing(...meshes: Float32Array[]): FacePipeline {
  const frames = meshes.map((mesh, i): DetectedFrame & { i: number } => {
    const { rightEye, leftEye } = fivePoints(mesh);
    return { center: rightEye, side: 100, rightEye, leftEye, score: 0.9, i };
  });
  let inPlace: FivePoints | null = null;
  const embedder: Partial<Embedder> = {
    isMeasurable: true,
    input: new Float32Array(3),
    cut: (_, { landmarks }) => {
      inPlace = landmarks;
      return { a: 1, b: 0, x: 0, y: 0 } as unknown as ReturnType<Embedder['cut']>;
    },
    embed: () => Promise.resolve(Float32Array.of(inPlace!.rightEye.x)),
  };
  const detector = { detect: () => Promise.resolve(frames) };
  const mesher = { locate: (_: Picture, frame: { i: number }) => Promise.resolve({ mesh: meshes[frame.i], score: 1 }) };
  return new FacePipeline(detector as unknown as FaceDetector, mesher as unknown as FaceMesher, embedder as Embedder, []);
}

const PICTURE: Picture = { width: 640, height: 480, sample: () => undefined };
const REQUEST = { select: 'only', gate: false, stream: null } as const;

it.each([
  ['the only face', [meshAt(0)]],
  ['a face that the detector found twice', [meshAt(0), meshAt(9)]],
] as const)('embeds the very crop of %s that it reports', async (_, meshes) => {
  const pipeline = seeing(...meshes);
  const { face, embedding } = await pipeline.look(PICTURE, REQUEST);
  expect([face.faces, embedding![0]]).toEqual([1, Math.fround(face.landmarks.rightEye.x)]);
  const [all] = await pipeline.embedAll(PICTURE, null);
  expect(all.embedding).toEqual(embedding);
});
