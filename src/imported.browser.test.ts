import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import KERNELS from 'virtual:visavis/kernels';
import { ENGINE } from '../e2e/fixtures/engineAssets.js';
import { hasWebgpu } from '../e2e/fixtures/hasWebgpu.js';
import { MODELS_URL } from '../e2e/fixtures/pictures.js';
import { FaceEngine } from './engine/FaceEngine.js';
import type { GraphRuntime } from './engine/GraphRuntime.js';
import { openKernels } from './engine/kernels/openKernels.js';
import { tfjsRuntime } from './engine/tfjs/tfjsRuntime.js';
import { startWasm } from './engine/tfjs/wasmBackend.js';
import { startWebgl } from './engine/tfjs/webglBackend.js';
import { startWebgpu } from './engine/tfjs/webgpuBackend.js';
import { importModel } from './importer.js';
import { goldenPattern } from './shared/goldenPattern.js';
import { compareEmbeddings } from './importer/compareEmbeddings.js';

/** A file of each format, with what the framework that wrote it answers to a picture, values in the order [row, column, channel]. */
const FILES: readonly {
  readonly file: string;
  readonly answer: string;
  readonly size: number;
  readonly picture: () => Promise<Float32Array>;
}[] = [
  { file: 'keras/fixtures/every-layer.h5', answer: 'keras/fixtures/every-layer', size: 24, picture: () => Promise.resolve(drawn(24)) },
  { file: 'keras/fixtures/every-layer.keras', answer: 'keras/fixtures/every-layer', size: 24, picture: () => Promise.resolve(drawn(24)) },
  {
    file: 'keras/fixtures/inception-resnet-tiny.weights.h5',
    answer: 'keras/fixtures/inception-resnet-tiny',
    size: 96,
    picture: () => Promise.resolve(drawn(96)),
  },
  ...['.pt', '-legacy.pt', '.ts.pt', '.safetensors'].map((end) => ({
    file: `fixtures/inception-resnet-v1-tiny${end}`,
    answer: `fixtures/inception-resnet-v1-tiny${end === '.safetensors' ? '-bfloat16' : ''}`,
    size: 80,
    picture: () => Promise.resolve(goldenPattern(80)),
  })),
  {
    file: 'fixtures/torch-mobilefacenet.onnx',
    answer: 'fixtures/torch-mobilefacenet',
    size: 112,
    picture: async () => channelsLast(await floats('fixtures/nchw112.input.bin')),
  },
  {
    file: 'fixtures/tf1-frozen-facenet-mini.pb',
    answer: 'fixtures/tf1-frozen-facenet-mini',
    size: 160,
    picture: () => Promise.resolve(goldenPattern(160)),
  },
  {
    file: 'fixtures/keras2-mobilenet-f16.tflite',
    answer: 'fixtures/keras2-mobilenet-f16',
    size: 160,
    picture: () => Promise.resolve(goldenPattern(160)),
  },
];

/** A sigmoid in the middle of the network, of which our kernels know none. */
const SIGMOIDS = /every-layer/;

const webgpu = await hasWebgpu('files that are imported');
const WAYS: readonly {
  readonly way: string;
  readonly start: () => Promise<GraphRuntime>;
  readonly missing?: boolean;
  readonly beyond?: RegExp;
  /** Side of the largest picture that is tried: without a graphics card these are slow. */
  readonly largest?: number;
}[] = [
  { way: 'our kernels', start: async () => (await openKernels(KERNELS)).runtime, beyond: SIGMOIDS },
  { way: 'TensorFlow.js on WebAssembly', start: () => startWasm().then(() => tfjsRuntime('wasm')) },
  { way: 'TensorFlow.js on WebGL', start: () => startWebgl().then(() => tfjsRuntime('webgl')), largest: 96 },
  { way: 'TensorFlow.js on WebGPU', start: () => startWebgpu().then(() => tfjsRuntime('webgpu')), missing: !webgpu, largest: 96 },
];

async function bytes(path: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(`/src/importer/${path}`, location.href));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.arrayBuffer();
}

const floats = async (path: string) => new Float32Array(await bytes(path));
const fileOf = async (path: string) => new File([await bytes(path)], path.slice(path.lastIndexOf('/') + 1));
const text = (content: Uint8Array | undefined) => new TextDecoder().decode(content);

/** As keras/fixtures/write_keras.py draws it. */
function drawn(size: number): Float32Array {
  return Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    return ((y * 7 + x * 13 + c * 29 + ((x * y) % 11)) % 64) / 32 - 1;
  });
}

function channelsLast(planes: Float32Array): Float32Array {
  const places = planes.length / 3;
  return planes.map((_, i) => planes[(i % 3) * places + Math.floor(i / 3)]);
}

describe('files that are imported in the browser', () => {
  const imported: { file: string; size: number; picture: Float32Array; expected: Float32Array; files: ReadonlyMap<string, Uint8Array> }[] =
    [];
  beforeAll(async () => {
    for (const { file, answer, size, picture } of FILES) {
      // The networks are fed as their frameworks were: nothing of the normalization may move into them.
      const { files } = await importModel(await fileOf(file), { id: 'case', inputSize: size, normalize: 'per-image', quantize: 'none' });
      imported.push({ file, size, picture: await picture(), expected: await floats(`${answer}.output.bin`), files });
    }
  });

  it.for(WAYS)('give on $way what their frameworks give', async ({ start, missing, beyond, largest = Infinity }, { skip }) => {
    if (missing) return skip('no WebGPU here');
    const runtime = await start();
    for (const { file, size, picture, expected, files } of imported.filter((each) => each.size <= largest && !beyond?.test(each.file))) {
      const model = { modelJson: JSON.parse(text(files.get('model.json'))) as never, weights: files.get('weights.bin')!.slice().buffer };
      const graph = runtime.load(model, { size, outputs: ['embedding'] });
      graph.input.set(picture);
      const [actual] = await graph.run();
      expect(compareEmbeddings(actual, expected), file).toBeGreaterThanOrEqual(0.999_99);
      graph.dispose();
    }
    runtime.dispose();
  });
});

describe.each(['wasm', 'webgl'] as const)('an imported model in the engine, on %s', (backend) => {
  const id = 'keras-mini';
  const download = globalThis.fetch;
  let engine: FaceEngine;
  beforeAll(async () => {
    const file = await fileOf('keras/fixtures/keras2-inception-resnet-mini.h5');
    const { files } = await importModel(file, { id, normalize: { mean: 127.5, scale: 128 }, crop: { boxMargin: 16 } });
    // As if the folder lay beside the other models.
    globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input, location.href).href;
      const own = url.startsWith(`${MODELS_URL}${id}/`) ? files.get(url.slice(MODELS_URL.length + id.length + 1)) : undefined;
      return own ? Promise.resolve(new Response(own.slice())) : download(input, init);
    };
    engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: id, backend, ...ENGINE }, () => undefined);
  });
  afterAll(async () => {
    globalThis.fetch = download;
    await engine?.dispose();
  });

  it('gives what Keras gives, in 8 bits', async () => {
    expect(engine.info).toMatchObject({ backend, model: id, embeddingSize: 128, inputSize: 160, operatingPoints: [] });
    const noise = new Uint8Array(await bytes('keras/fixtures/keras2.input.bin'));
    const pixels = Uint8ClampedArray.from({ length: 160 * 160 * 4 }, (_, i) => (i % 4 === 3 ? 255 : noise[3 * (i >> 2) + (i % 4)]));
    const expected = await floats('keras/fixtures/keras2-inception-resnet-mini.output.bin');
    expect(compareEmbeddings(await engine.embedCrop(new ImageData(pixels, 160, 160)), expected)).toBeGreaterThan(0.995);
  });
});
