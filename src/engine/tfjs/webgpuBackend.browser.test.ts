import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DETECTOR_OUTPUTS } from '../FaceDetector.js';
import { MESH_OUTPUTS } from '../FaceMesher.js';
import type { Graph } from '../GraphRuntime.js';
import type { Model } from '../models/loadModel.js';
import { loadModels, type Models } from '../models/loadModels.js';
import { hasWebgpu } from '../../../e2e/fixtures/hasWebgpu.js';
import { cosine, face, MODELS_URL } from '../../../e2e/fixtures/pictures.js';
import { tfjsRuntime } from './tfjsRuntime.js';
import { startWasm } from './wasmBackend.js';
import { startWebgpu } from './webgpuBackend.js';

const webgpu = await hasWebgpu('what WebAssembly computes');

const GRAPHS = [
  ['detector', DETECTOR_OUTPUTS],
  ['mesh', MESH_OUTPUTS],
  ['embedder', ['embedding']],
] as const;

/** A face, as large as the graph's input. */
async function fill({ input }: Graph, { manifest: { input: how } }: Model): Promise<void> {
  const { size, scale, offset } = how;
  const context = new OffscreenCanvas(size, size).getContext('2d')!;
  context.drawImage(await face('person02-a-front'), 0, 0, size, size);
  const { data } = context.getImageData(0, 0, size, size);
  for (let i = 0; i < size * size; i++) for (let c = 0; c < 3; c++) input[3 * i + c] = data[4 * i + c] * scale + offset;
}

function load(backend: 'wasm' | 'webgpu', model: Model, outputs: readonly string[]): Graph {
  return tfjsRuntime(backend).load(model.files, { size: model.manifest.input.size, outputs });
}

const unit = (values: Float32Array) => values.map((v) => v / Math.hypot(...values));

afterEach(() => vi.unstubAllGlobals());

// First, because a device that runs is shared; a start that failed is tried again.
it.each([
  ['this browser has no WebGPU', {}],
  ['the browser offers no GPU', { gpu: { requestAdapter: () => Promise.resolve(null) } }],
])('says why it does not start: %s', async (reason, browser) => {
  vi.stubGlobal('navigator', browser);
  await expect(startWebgpu()).rejects.toThrow(reason);
});

describe.skipIf(!webgpu)('startWebgpu', () => {
  let models: Models;
  beforeAll(async () => {
    models = await loadModels({ modelsUrl: MODELS_URL, model: 'mobilenet-160' }, () => undefined);
  });

  it.each(GRAPHS)('computes what WebAssembly computes: %s', async (name, outputs) => {
    const results: Float32Array[][] = [];
    for (const [backend, start] of [['wasm', startWasm] as const, ['webgpu', startWebgpu] as const]) {
      await start();
      const graph = load(backend, models[name], outputs);
      await fill(graph, models[name]);
      results.push(await graph.run());
      graph.dispose();
    }
    const [wasm, webgpu] = results;
    wasm.forEach((expected, i) => expect(cosine(unit(expected), unit(webgpu[i])), outputs[i]).toBeGreaterThan(0.999999));
  });

  it('leaks no tensor, notices that the device is lost, ends the call under way, and starts afresh', async () => {
    const handle = await startWebgpu();
    const graph = load('webgpu', models.mesh, MESH_OUTPUTS);
    await fill(graph, models.mesh);
    const [, before] = await graph.run();
    const { numTensors } = tf.memory();
    await graph.run();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(handle.isLost()).toBe(false);
    const { device } = tf.backend() as unknown as WebGPUBackend;
    const underWay = graph.run().catch(() => 'failed');
    device.destroy();
    await device.lost;
    await underWay;
    expect(handle.isLost()).toBe(true);
    graph.dispose();

    const fresh = await startWebgpu();
    expect(fresh.isLost()).toBe(false);
    expect(await startWebgpu()).toBe(fresh);
    const again = load('webgpu', models.mesh, MESH_OUTPUTS);
    await fill(again, models.mesh);
    const [, after] = await again.run();
    expect(cosine(unit(before), unit(after))).toBeGreaterThan(0.999999);
    again.dispose();
  });
});
