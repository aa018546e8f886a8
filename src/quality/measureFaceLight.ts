import type { FaceLight, LinearRgb } from '../shared/FaceReport.js';
import { apply, type Similarity } from '../geometry/Similarity.js';

/** Mesh points in the middle of each place. */
const PLACES: Record<keyof FaceLight, number> = { forehead: 151, nose: 5, rightCheek: 123, leftCheek: 352, chin: 199 };
/** Radius of a place, as a share of the crop's side. */
const RADIUS = 0.05;
const STEPS = 1023;
/** Light for a gamma-coded value of 0 … `STEPS` (sRGB). */
const LINEAR = Float32Array.from({ length: STEPS + 1 }, (_, i) => {
  const v = i / STEPS;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/**
 * The mean light of five places of a face.
 * @param crop the aligned crop, RGB in −1 … 1, [size, size, 3]
 * @param mesh 468 × x, y, z, source-image pixels
 * @param alignment from source-image pixels to the crop's
 */
export function measureFaceLight(crop: Float32Array, mesh: Float32Array, alignment: Similarity): FaceLight {
  const size = Math.sqrt(crop.length / 3);
  const at = (place: keyof FaceLight) => {
    const i = 3 * PLACES[place];
    return meanAround(crop, size, apply(alignment, { x: mesh[i]!, y: mesh[i + 1]! }));
  };
  return { forehead: at('forehead'), nose: at('nose'), rightCheek: at('rightCheek'), leftCheek: at('leftCheek'), chin: at('chin') };
}

function meanAround(crop: Float32Array, size: number, { x, y }: { x: number; y: number }): LinearRgb {
  const radius = RADIUS * size;
  // Of a head that is turned far a place may lie outside the crop: then the nearest part of the crop is read.
  const inside = (v: number) => Math.min(Math.max(v, radius), size - radius);
  const [cx, cy] = [inside(x), inside(y)];
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let j = Math.floor(cy - radius); j < cy + radius; j++) {
    for (let i = Math.floor(cx - radius); i < cx + radius; i++) {
      if ((i + 0.5 - cx) ** 2 + (j + 0.5 - cy) ** 2 > radius * radius) continue;
      const p = 3 * (j * size + i);
      for (let c = 0; c < 3; c++) sums[c]! += LINEAR[Math.round(((crop[p + c]! + 1) / 2) * STEPS)]!;
      count++;
    }
  }
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}
