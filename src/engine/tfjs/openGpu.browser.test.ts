import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { hasWebgpu } from '../../../e2e/fixtures/hasWebgpu.js';
import { MODELS_URL } from '../../../e2e/fixtures/pictures.js';
import { MESH_OUTPUTS } from '../FaceMesher.js';
import { loadModels } from '../models/loadModels.js';
import { openGpu } from './openGpu.js';

const webgpu = await hasWebgpu('giving a GPU back');

it.each(['webgl', 'webgpu'] as const)('gives %s back with its last runtime, and starts it afresh', async (backend) => {
  if (backend === 'webgpu' && !webgpu) return;
  const { mesh } = await loadModels({ modelsUrl: MODELS_URL, model: 'mobilenet-160' }, () => undefined);
  const size = mesh.manifest.input.size;
  const results: Float32Array[] = [];
  for (let visit = 0; visit < 2; visit++) {
    const [first, second] = [await openGpu(backend), await openGpu(backend)];
    first.runtime.dispose();
    const graph = second.runtime.load(mesh.files, { size, outputs: MESH_OUTPUTS });
    graph.input.fill(0.5);
    results.push((await graph.run())[1]);
    graph.dispose();
    expect(second.isLost()).toBe(false);
    second.runtime.dispose();
    expect(tf.findBackendFactory(backend)).toBeNull();
    expect(second.runtime.memory()).toEqual({ tensors: 0, bytes: 0 });
  }
  expect(results[1]).toEqual(results[0]);
});
