import type { Sample } from './prepareSamples.mjs';
import { seededRandom } from './seededRandom.mjs';

export interface CrowdOptions {
  /** Pictures of each person. */
  readonly pictures: readonly number[];
  readonly size?: number;
  /** How far pictures lie from their person. */
  readonly spread?: number;
  readonly seed?: number;
}

/** People at random places of a sphere, their pictures around them. */
export function testCrowd({ pictures, size = 8, spread = 0.25, seed = 1 }: CrowdOptions): (Sample & { embedding: Float32Array })[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return pictures.flatMap((count, person) => {
    const place = unit(Array.from({ length: size }, normal));
    return Array.from({ length: count }, (_, i) => ({
      file: `p${person}/${i}.jpg`,
      identity: `p${person}`,
      embedding: unit([...place].map((v) => v + spread * normal())),
      reasons: [],
    }));
  });
}

function unit(values: number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (v) => v / length);
}
