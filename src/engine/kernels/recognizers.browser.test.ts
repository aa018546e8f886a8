import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import KERNELS from 'virtual:visavis/kernels';
import { cosine } from '../../../e2e/fixtures/pictures.js';
import { interpret } from '../../graph/interpret.js';
import { writeGraph } from '../../graph/writeGraph.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import { RECOGNIZERS } from '../fixtures/recognizers.js';
import type { GraphRuntime } from '../GraphRuntime.js';
import { tfjsRuntime } from '../tfjs/tfjsRuntime.js';
import { startWasm } from '../tfjs/wasmBackend.js';
import { startWebgl } from '../tfjs/webglBackend.js';
import { startWebgpu } from '../tfjs/webgpuBackend.js';
import { openKernels } from './openKernels.js';

const adapter = await navigator.gpu?.requestAdapter();

/** Each way to run a graph. */
const WAYS: Record<string, { start: () => Promise<GraphRuntime>; missing?: boolean }> = {
  'our kernels': { start: async () => (await openKernels(KERNELS)).runtime },
  'TensorFlow.js on WebAssembly': { start: () => startWasm().then(() => tfjsRuntime('wasm')) },
  'TensorFlow.js on WebGL': { start: () => startWebgl().then(() => tfjsRuntime('webgl')) },
  'TensorFlow.js on WebGPU': { start: () => startWebgpu().then(() => tfjsRuntime('webgpu')), missing: !adapter },
};

/** What the reference computes. */
const EXPECTED = Object.entries(RECOGNIZERS).map(([id, make]) => {
  const { graph, input, output, size } = make();
  const picture = goldenPattern(size);
  const [{ values }] = interpret(graph, { [input]: { shape: [1, size, size, 3], values: picture } }, [output]);
  const { modelJson, weights } = writeGraph(graph);
  return { id, size, picture, output, embedding: [...values], files: { modelJson, weights: weights.slice().buffer } };
});

describe.each(Object.entries(WAYS))('%s', (_, { start, missing }) => {
  let runtime: GraphRuntime;
  beforeAll(async () => {
    if (!missing) runtime = await start();
  });
  afterAll(() => runtime?.dispose());

  it.skipIf(missing).each(EXPECTED)('runs $id', async ({ size, picture, output, embedding, files }) => {
    const graph = runtime.load(files, { size, outputs: [output] });
    graph.input.set(picture);
    const [actual] = await graph.run();
    expect(actual).toHaveLength(embedding.length);
    expect(cosine([...actual], embedding)).toBeGreaterThan(0.999999);
    graph.dispose();
  });
});
