import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import KERNELS from 'virtual:visavis/kernels';
import { hasWebgpu } from '../../../e2e/fixtures/hasWebgpu.js';
import { cosine } from '../../../e2e/fixtures/pictures.js';
import { interpret } from '../../graph/interpret.js';
import { writeGraph } from '../../graph/writeGraph.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import { BLOCK_OF_EACH, RECOGNIZERS } from '../../../e2e/fixtures/recognizers.js';
import type { GraphRuntime } from '../GraphRuntime.js';
import { tfjsRuntime } from '../tfjs/tfjsRuntime.js';
import { startWasm } from '../tfjs/wasmBackend.js';
import { startWebgl } from '../tfjs/webglBackend.js';
import { startWebgpu } from '../tfjs/webgpuBackend.js';
import { openKernels } from './openKernels.js';

const webgpu = await hasWebgpu('recognizers');

const NETWORKS = { ...RECOGNIZERS, 'a block of each': BLOCK_OF_EACH };
const QUICK = ['a block of each'];

/** Each way to run a graph. */
const WAYS: Record<string, { start: () => Promise<GraphRuntime>; networks?: readonly string[]; missing?: boolean }> = {
  'our kernels': { start: async () => (await openKernels(KERNELS)).runtime },
  'TensorFlow.js on WebAssembly': { start: () => startWasm().then(() => tfjsRuntime('wasm')) },
  'TensorFlow.js on WebGL': { start: () => startWebgl().then(() => tfjsRuntime('webgl')), networks: QUICK },
  'TensorFlow.js on WebGPU': { start: () => startWebgpu().then(() => tfjsRuntime('webgpu')), networks: QUICK, missing: !webgpu },
};

/** What the reference computes. */
const EXPECTED = Object.entries(NETWORKS).map(([id, make]) => {
  const { graph, input, output, size } = make();
  const picture = goldenPattern(size);
  const [{ values }] = interpret(graph, { [input]: { shape: [1, size, size, 3], values: picture } }, [output]);
  const { modelJson, weights } = writeGraph(graph);
  return { id, size, picture, output, embedding: [...values], files: { modelJson, weights: weights.slice().buffer } };
});

describe.each(Object.entries(WAYS))('%s', (_, { start, networks, missing }) => {
  let runtime: GraphRuntime;
  beforeAll(async () => {
    if (!missing) runtime = await start();
  });
  afterAll(() => runtime?.dispose());

  it.skipIf(missing).each(EXPECTED.filter(({ id }) => networks?.includes(id) ?? true))(
    'runs $id',
    async ({ size, picture, output, embedding, files }) => {
      const graph = runtime.load(files, { size, outputs: [output] });
      graph.input.set(picture);
      const [actual] = await graph.run();
      expect(actual).toHaveLength(embedding.length);
      expect(cosine([...actual], embedding)).toBeGreaterThan(0.999999);
      graph.dispose();
    },
  );
});
