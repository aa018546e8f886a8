import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { expect, it, vi } from 'vitest';
import { seededRandom } from '../../shared/seededRandom.js';
import { TestGraph } from '../fixtures/TestGraph.js';
import type { KernelExports } from './kernelBuilds.js';
import { KernelMemory } from './KernelMemory.js';
import { KernelRuntime, MEETING_BYTES } from './KernelRuntime.js';

/** The kernels on a processor whose relaxed product of four bytes makes `eighth` of 127 and 255. */
async function kernelsOf(eighth: number) {
  const bytes = readFileSync(new URL('kernels-relaxed.wasm', import.meta.url));
  // As in GuardedKernels.ts.
  if (!WebAssembly.validate(bytes)) ['--experimental-wasm-relaxed-simd', '--no-liftoff'].forEach((flag) => setFlagsFromString(flag));
  const memory = new KernelMemory(false);
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: memory.memory } });
  const exports = instance.exports as unknown as KernelExports;
  const runs = vi.fn(exports.runs);
  const kernels = { ...exports, runs, probe: (_: number, b: number) => (b === 127 ? 64_516 : eighth) };
  return { runs, runtime: new KernelRuntime(kernels, memory, memory.allocate(MEETING_BYTES), Promise.resolve([]), 1) };
}

it.each([
  ['at once', 129_540, 'int8', 0],
  ['in pairs, where it is told how many', 65_534, 'int8', 1],
  ['not at all by itself', 0, 'int16', 0],
] as const)('multiplies 8-bit integers %s', async (_, eighth, fastest, asked) => {
  const { runs, runtime } = await kernelsOf(eighth);
  expect(runtime.fastest).toBe(fastest);
  const g = new TestGraph(seededRandom(1));
  const outputs = [g.product(g.mean(g.conv(g.conv(g.input, { k: 3, stride: 2, c: 40 }), { k: 1, c: 72 })), 24).name];
  const graph = runtime.load(g.files(), { size: 33, outputs, arithmetic: 'int8' });
  expect(graph.arithmetic).toBe('int8');
  // Of one layer with nine panels of 40 inputs.
  expect(runs.mock.calls.map(([, depth, panels]) => [depth, panels])).toEqual(Array.from({ length: asked }, () => [40, 9]));
  const [values] = await graph.run();
  expect(values.every(Number.isFinite)).toBe(true);
});

it('has one place for pictures that its memory does not take: a camera may send thirty a second', async () => {
  const { runtime } = await kernelsOf(0);
  const first = runtime.room(3840, 2160);
  expect(first).toHaveLength(3840 * 2160 * 4);
  expect(runtime.room(2000, 2000).buffer).toBe(first.buffer);
  expect(runtime.room(640, 480).buffer).not.toBe(first.buffer);
});

it('lets go of that as soon as a picture lies in its memory', async () => {
  const { runtime } = await kernelsOf(0);
  const first = runtime.room(3840, 2160);
  runtime.picture({ width: 3840, height: 2160, data: first });
  expect(runtime.room(3840, 2160).buffer).toBe(first.buffer);
  runtime.picture({ width: 640, height: 480, data: runtime.room(640, 480) });
  expect(runtime.room(3840, 2160).buffer).not.toBe(first.buffer);
});
