import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../../shared/Manifest.js';
import { beginCheck, goldenInput } from './checkGolden.js';
import { goldenDigest } from './goldenDigest.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import type { Graph } from '../GraphRuntime.js';
import { parseManifest } from './parseManifest.js';

const shipped = (id: string) =>
  parseManifest(readFileSync(new URL(`../../../public/models/${id}/manifest.json`, import.meta.url), 'utf8'), id);
const DETECTOR = shipped('blazeface-256');
const EMBEDDER = shipped('mobilenet-160');
/** Any numbers: two outputs of a graph. */
const OUTPUTS = [384, 1404].map((length) => Float32Array.from({ length }, (_, i) => 50 * Math.sin(i)));

/** A graph of a backend that gives these results. */
function graphOf(size: number, results: readonly Float32Array[]) {
  const input = new Float32Array(size * size * 3);
  return { arithmetic: 'float32', input, run: vi.fn(() => Promise.resolve([...results])), dispose: () => undefined } satisfies Graph;
}

/** Quicker than `toEqual` for so many. */
const isSame = (a: Float32Array, b: Float32Array) => a.length === b.length && a.every((v, i) => v === b[i]);

const manifest: Manifest = {
  ...DETECTOR,
  golden: { ...DETECTOR.golden!, outputs: { first: goldenDigest(OUTPUTS[0]), second: goldenDigest(OUTPUTS[1]) } },
};
const check = (results: readonly Float32Array[], names = ['first', 'second']) =>
  beginCheck(graphOf(256, results), manifest, names, 'webgl')();

describe('beginCheck of a detector or a mesh', () => {
  it('is content with what the reference computes, up to rounding', async () => {
    await check(OUTPUTS);
    await check(OUTPUTS.map((values) => values.map((v) => v * 1.001)));
  });

  it.each<[string, (values: Float32Array) => Float32Array]>([
    ['zeros', (values) => values.map(() => 0)],
    ['no numbers', (values) => values.map(() => NaN)],
    ['values that are two percent too large', (values) => values.map((v) => v * 1.02)],
    ['values of which a quarter is missing', (values) => values.map((v, i) => (i < values.length / 4 ? 0 : v))],
    ['values in another order', (values) => values.slice().reverse()],
  ])('refuses %s, in any of the outputs', async (_, change) => {
    for (const wrong of [0, 1]) {
      const failure = check(OUTPUTS.map((values, i) => (i === wrong ? change(values) : values)));
      await expect(failure).rejects.toMatchObject({ code: 'backend-unavailable' });
      await expect(failure).rejects.toThrow(`webgl computes "blazeface-256" wrongly on this device (${['first', 'second'][wrong]} differs`);
    }
  });

  it('refuses a manifest that does not say what an output has to be', async () => {
    await expect(check(OUTPUTS, ['first', 'third'])).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('feeds the pattern as a picture, in the range that the model takes', async () => {
    const graph = graphOf(256, OUTPUTS);
    await beginCheck(graph, manifest, ['first', 'second'], 'wasm')();
    expect(graph.run).toHaveBeenCalledOnce();
    expect(isSame(graph.input, goldenInput(DETECTOR))).toBe(true);
    const mesh = goldenInput(shipped('facemesh-192'));
    expect(Math.min(...mesh.subarray(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...mesh.subarray(0, 50_000))).toBeCloseTo(1, 6);
  });
});

describe('beginCheck of an embedder', () => {
  const golden = Float32Array.from(EMBEDDER.embedder!.golden.embedding);

  it('is content with the golden embedding, of whatever length, for the pattern', async () => {
    const graph = graphOf(160, [golden.map((v) => 3 * v)]);
    await beginCheck(graph, EMBEDDER, ['embedding'], 'wasm')();
    expect(isSame(graph.input, goldenPattern(160))).toBe(true);
  });

  it.each<[string, Float32Array]>([
    ['another direction', golden.map((v, i) => v + (i % 2 ? 0.002 : -0.002))],
    ['zeros, which have none', golden.map(() => 0)],
    ['no numbers', golden.map(() => NaN)],
  ])('refuses %s', async (_, raw) => {
    await expect(beginCheck(graphOf(160, [raw]), EMBEDDER, ['embedding'], 'wasm')()).rejects.toMatchObject({ code: 'backend-unavailable' });
  });
});
