import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import KERNELS from 'virtual:visavis/kernels';
import { hasWebgpu } from '../../../e2e/fixtures/hasWebgpu.js';
import { TestGraph, type TestNode } from '../fixtures/TestGraph.js';
import type { GraphRuntime } from '../GraphRuntime.js';
import { tfjsRuntime } from '../tfjs/tfjsRuntime.js';
import { startWasm } from '../tfjs/wasmBackend.js';
import { startWebgl } from '../tfjs/webglBackend.js';
import { startWebgpu } from '../tfjs/webgpuBackend.js';
import { openKernels } from './openKernels.js';

/** What an Inception network is made of; channel counts that are no multiple of 8, or of 4 where a convolution writes them, included. */
const PARTS: Record<string, (g: TestGraph, x: TestNode) => TestNode> = {
  '7×7 convolution, stride 2': (g, x) => g.conv(x, { k: 7, stride: 2, c: 20 }),
  '7×7 convolution, stride 1': (g, x) => g.conv(x, { k: 7, c: 8, relu: false }),
  '5×5 convolution, stride 1': (g, x) => g.conv(g.conv(x, { k: 1, c: 12 }), { k: 5, c: 24 }),
  '5×5 convolution, stride 2': (g, x) => g.conv(g.conv(x, { k: 1, c: 12 }), { k: 5, stride: 2, c: 7 }),
  '3×3 convolution, stride 1': (g, x) => g.conv(g.conv(x, { k: 1, c: 20 }), { k: 3, c: 72 }),
  '3×3 convolution, stride 2': (g, x) => g.conv(g.conv(x, { k: 1, c: 20 }), { k: 3, stride: 2, c: 40 }),
  'pooling, stride 1, of 36 channels and negative values': (g, x) => g.maxPool(g.conv(x, { k: 1, c: 36, relu: false })),
  'pooling, stride 2, of 72 channels': (g, x) => g.maxPool(g.conv(x, { k: 1, c: 72 }), { stride: 2 }),
  'a module, stride 1': (g, x) => module(g, g.conv(x, { k: 1, c: 32 }), 1),
  'a module, stride 2': (g, x) => module(g, g.conv(x, { k: 1, c: 32 }), 2),
  'branches of 5, 6 and 7 channels': (g, x) => g.conv(g.concat(...[5, 6, 7].map((c) => g.conv(x, { k: 1, c }))), { k: 1, c: 8 }),
  'a branch that others read too': (g, x) => {
    const both = g.conv(x, { k: 3, c: 12 });
    return g.concat(both, g.conv(both, { k: 3, c: 8 }), both);
  },
  'branches of branches': (g, x) => {
    const inner = g.concat(g.conv(x, { k: 1, c: 8 }), g.maxPool(g.conv(x, { k: 3, c: 4 })));
    return g.concat(g.conv(inner, { k: 3, c: 16 }), inner);
  },
  'a network': (g, x) => {
    const stem = g.maxPool(g.conv(x, { k: 7, stride: 2, c: 16 }), { stride: 2 });
    return g.product(g.mean(module(g, module(g, stem, 1), 2)), 128);
  },
};

/** Below, at and above the number of places from which threads share rows instead of columns; odd ones, whose padding is uneven. */
const SIZES = [5, 14, 21];

function module(g: TestGraph, x: TestNode, stride: number): TestNode {
  const reduced = (c: number) => g.conv(x, { k: 1, c });
  const wide = [g.conv(reduced(16), { k: 3, stride, c: 24 }), g.conv(reduced(8), { k: 5, stride, c: 12 })];
  if (stride === 2) return g.concat(...wide, g.maxPool(x, { stride }));
  return g.concat(g.conv(x, { k: 1, c: 16 }), ...wide, g.conv(g.maxPool(x), { k: 1, c: 8 }));
}

/** The same numbers every time, from 0 to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const webgpu = await hasWebgpu('Inception');

/** Each way to run a graph; in software GPUs take their time, so they run the whole network only. */
const WAYS: Record<string, { start: () => Promise<GraphRuntime>; parts?: readonly string[]; missing?: boolean }> = {
  'our kernels, relaxed SIMD': { start: async () => (await openKernels(KERNELS, { relaxed: true })).runtime },
  'our kernels, SIMD': { start: async () => (await openKernels(KERNELS, { relaxed: false })).runtime },
  'TensorFlow.js on WebAssembly': { start: () => startWasm().then(() => tfjsRuntime('wasm')) },
  'TensorFlow.js on WebGL': { start: () => startWebgl().then(() => tfjsRuntime('webgl')), parts: ['a network'] },
  'TensorFlow.js on WebGPU': { start: () => startWebgpu().then(() => tfjsRuntime('webgpu')), parts: ['a network'], missing: !webgpu },
};

describe.each(Object.entries(WAYS))('Inception by %s', (_, { start, parts, missing }) => {
  let runtime: GraphRuntime;
  beforeAll(async () => {
    if (!missing) runtime = await start();
  });
  afterAll(() => runtime?.dispose());

  it.skipIf(missing).each(Object.entries(PARTS).filter(([part]) => !parts || parts.includes(part)))('%s', async (_, build) => {
    for (const size of SIZES) {
      const random = drawing(size);
      const g = new TestGraph(random);
      const { name, value } = build(g, g.input);
      const graph = runtime.load(g.files(), { size, outputs: [name] });
      const input = Float32Array.from({ length: size * size * 3 }, () => 2 * random() - 1);
      graph.input.set(input);
      const [actual] = await graph.run();
      const { values } = value({ h: size, w: size, c: 3, values: Float64Array.from(input) });
      expect(actual.length).toBe(values.length);
      const largest = values.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
      const gap = values.reduce((max, v, i) => Math.max(max, Math.abs(v - actual[i])), 0);
      expect(largest).toBeGreaterThan(0.1);
      expect(gap / largest, `gap ${gap} of ${largest} at ${size} × ${size}`).toBeLessThan(1e-5);
      graph.dispose();
    }
  });
});
