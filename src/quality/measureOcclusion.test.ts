import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FaceParts } from '../shared/FaceReport.js';
import { measureOcclusion as measure } from './measureOcclusion.js';
import { readOcclusionNetwork } from './occlusionNetwork.js';
import { OCCLUSION_WEIGHTS } from './occlusionWeights.js';

const NETWORK = readOcclusionNetwork(OCCLUSION_WEIGHTS);
const measureOcclusion = (crop: Float32Array) => measure(crop, NETWORK);

const SIZE = 160;

/** The picture that `drawn_face` of training/occlusion.py draws, at any size. */
function drawnFace(size = SIZE): Float32Array {
  const crop = new Float32Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    const x = Math.floor(((i % size) * SIZE) / size);
    const y = Math.floor((Math.floor(i / size) * SIZE) / size);
    const light = 0.3 * Math.sin(x / 17) * Math.cos(y / 23) - 0.2 * ((Math.floor(x / 5) + Math.floor(y / 7)) % 2);
    const dark = y > 60 && y < 88 && x > 30 && x < 80;
    crop.set(dark ? [-0.9, -0.8, -0.7] : [light + 0.3, light, light - y / 400], 3 * i);
  }
  return crop;
}

/** Written by the script that trained the weights. */
const fixture = JSON.parse(readFileSync(new URL('fixtures/occlusion.json', import.meta.url), 'utf8')) as FaceParts;
const PARTS = Object.keys(fixture) as (keyof FaceParts)[];

describe('measureOcclusion', () => {
  it('computes what Python computes from the same weights', () => {
    const { hidden, occlusion } = measureOcclusion(drawnFace());
    expect(PARTS).toHaveLength(4);
    for (const part of PARTS) expect(hidden[part]).toBeCloseTo(fixture[part], 3);
    expect(occlusion).toBeCloseTo(PARTS.reduce((sum, part) => sum + fixture[part], 0) / 4, 3);
  });

  it('gives the same again after another picture', () => {
    const first = measureOcclusion(drawnFace());
    measureOcclusion(new Float32Array(SIZE * SIZE * 3).fill(0.5));
    expect(measureOcclusion(drawnFace())).toEqual(first);
  });

  it('reads crops of other sizes at the same points', () => {
    expect(measureOcclusion(drawnFace(320)).occlusion).toBeCloseTo(measureOcclusion(drawnFace()).occlusion, 5);
  });

  it('does not depend on exposure', () => {
    const darker = drawnFace().map((value) => 0.6 * value - 0.3);
    expect(measureOcclusion(darker).occlusion).toBeCloseTo(measureOcclusion(drawnFace()).occlusion, 4);
  });

  it('has a number for a picture of one color', () => {
    const { occlusion } = measureOcclusion(new Float32Array(SIZE * SIZE * 3));
    expect(occlusion).toBeGreaterThanOrEqual(0);
    expect(occlusion).toBeLessThanOrEqual(1);
  });
});
