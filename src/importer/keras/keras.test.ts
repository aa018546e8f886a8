import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpret } from '../../graph/interpret.js';
import type { Tensor } from '../../graph/Graph.js';
import { compareEmbeddings } from '../compareEmbeddings.js';
import { GraphBuilder } from '../GraphBuilder.js';
import { readModelFile } from '../readModelFile.js';
import type { ReadOptions } from '../ReadOptions.js';

import type { LayerCall } from './LayerKind.js';
import { kindOf } from './layers.js';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const load = (name: string) => new Uint8Array(readFileSync(join(FIXTURES, name)));
const read = (name: string, options: ReadOptions = {}) => readModelFile({ name, bytes: load(name) }, options);

/** As write_keras.py draws it. */
function picture(size: number): Tensor {
  const values = Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    return ((y * 7 + x * 13 + c * 29 + ((x * y) % 11)) % 64) / 32 - 1;
  });
  return { shape: [1, size, size, 3], values };
}

/** Of the files that Keras 2.15 wrote: 160×160 pixels, one byte each. */
const noise: Tensor = { shape: [1, 160, 160, 3], values: Float32Array.from(load('keras2.input.bin'), (p) => (p - 127.5) / 128) };

interface Written {
  readonly file: string;
  readonly answer: string;
  readonly input: Tensor;
  readonly options?: ReadOptions;
  readonly format: string;
  readonly architecture?: string;
}

const written: readonly Written[] = [
  { file: 'every-layer.h5', answer: 'every-layer', input: picture(24), format: 'Keras 3 HDF5' },
  { file: 'every-layer.keras', answer: 'every-layer', input: picture(24), format: 'Keras 3' },
  {
    file: 'inception-resnet-tiny.weights.h5',
    answer: 'inception-resnet-tiny',
    input: picture(96),
    options: { inputSize: 96 },
    format: 'Keras 3 HDF5 (weights only)',
    architecture: 'Inception-ResNet-v1',
  },
  { file: 'keras2-inception-resnet-mini.h5', answer: 'keras2-inception-resnet-mini', input: noise, format: 'Keras 2 HDF5' },
  {
    file: 'keras2-inception-resnet-mini-add-weights.h5',
    answer: 'keras2-inception-resnet-mini-add-weights',
    input: noise,
    format: 'Keras 2 HDF5 (weights only)',
    architecture: 'Inception-ResNet-v1',
  },
];

describe('Keras files', () => {
  it.each(written)('$file gives what Keras gives', async ({ file, answer, input, options, format, architecture }) => {
    const imported = await read(file, options);
    expect(imported.format).toBe(format);
    expect(imported.architecture).toBe(architecture);
    const [embedding] = interpret(imported.graph, { [imported.input]: input }, [imported.output]);
    const expected = new Float32Array(load(`${answer}.output.bin`).buffer);
    expect(embedding.shape).toEqual([1, expected.length]);
    expect(compareEmbeddings(embedding.values as Float32Array, expected)).toBeGreaterThanOrEqual(0.999_999);
  });

  it('says which output it takes of a model that has a classifier too', async () => {
    const { notes } = await read('every-layer.keras');
    expect(notes).toEqual(['Of the outputs people, embedding, embedding was taken; the others were left out.']);
  });

  it('takes an archive for a Keras model by its first entry, whatever its name', async () => {
    const imported = await readModelFile({ name: 'model.bin', bytes: load('every-layer.keras') }, {});
    expect(imported.format).toBe('Keras 3');
  });

  it('ends with its signal', async () => {
    await expect(read('every-layer.h5', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('wants the input size that the file has', async () => {
    await expect(read('every-layer.h5', { inputSize: 32 })).rejects.toThrow('an input size of 32 was asked for');
  });

  it('names the architectures that it knows where it knows the file not to be one', async () => {
    await expect(read('inception-resnet-tiny.weights.h5', { inputSize: 96, architecture: 'nn4' })).rejects.toThrow(
      'nn4 is not known here (Conv2d_1a_3x3_BatchNorm/beta:0, ',
    );
    await expect(read('inception-resnet-tiny.weights.h5', { inputSize: 96, architecture: 'mobilenet' })).rejects.toThrow(
      'The tensor conv1/kernel:0 is missing',
    );
  });
});

/** What errors must name, for files of ../shared. That each comes within a second is tested with all other formats' files. */
it('reads the residuals of keras.applications.InceptionResNetV2', () => {
  const config = { name: 'mixed', scale: 0.17 };
  const built = (inputs: number) => {
    const builder = new GraphBuilder();
    const names = Array.from({ length: inputs }, (_, i) => builder.placeholder(`x${i}`, 1));
    const call = { builder, name: 'mixed', config, inputs: names.map((node) => ({ node, shape: [1, 1, 3] })) } as unknown as LayerCall;
    const { node } = kindOf('keras.src.applications.inception_resnet_v2.CustomScaleLayer')!.build(call) as { node: string };
    const fed = names.map((name, i) => [name, { shape: [1, 1, 1, 3], values: Float32Array.of(1 + i, 10 * (1 + i), 0) }] as const);
    return [...interpret(builder.graph, Object.fromEntries(fed), [node])[0].values];
  };
  expect(built(2).map((value) => value.toFixed(3))).toEqual(['1.340', '13.400', '0.000']);
  expect(() => built(1)).toThrow('mixed (CustomScaleLayer) has 1 inputs');
});

const refused: readonly (readonly [string, RegExp])[] = [
  ['truncated-keras2-inception-resnet-mini-add-weights.h5', /HDF5 file is cut off: it has 151948 bytes and says that it has 303896/],
  ['truncated-keras3-mobilenet.weights.h5', /HDF5 file is cut off: it has 161868 bytes and says that it has 539560/],
  ['truncated-keras3-mobilenet.keras', /zip archive has no end \(250050 bytes/],
  ['h5-softlink-loop.h5', /soft link model_weights\/[ab] leads in a circle/],
  ['h5-hardlink-cycle.h5', /No weights were found/],
  ['h5-external-link.h5', /link model_weights\/conv1 leads to another file \(\.\.\/\.\.\/\.\.\/etc\/passwd\)/],
  ['h5-external-storage.h5', /model_weights\/conv1\/conv1\/kernel:0 is kept in another file/],
  ['h5-huge-dims.h5', /model_weights\/conv1\/conv1\/kernel:0 is too large: its shape is \[1048576, 1048576, 3, 64\]/],
  ['h5-nan-weights.h5', /not a finite number: NaN in the tensor model_weights\/(Block17_1_Branch_0_Conv2d_1x1\/){2}kernel:0/],
  ['h5-negative-variance.h5', /model_weights\/(Conv2d_1a_3x3_BatchNorm\/){2}moving_variance:0 has a negative variance, -1/],
  ['h5-missing-layer.h5', /conv_pw_7\/kernel:0 is missing/],
  ['h5-wrong-shape.h5', /conv_pw_7\/kernel:0 has the shape \[1, 1, 64, 63\], wanted \[1, 1, 64, 64\]/],
  ['h5-unsupported-lstm.h5', /layer lstm \(LSTM\) is not supported/],
  ['h5-unknown-lambda.h5', /layer mystery \(Lambda\) holds Python code that cannot be read/],
];
const BAD = join(import.meta.dirname, '../../../../shared/cases/import/bad');
if (!existsSync(BAD)) console.warn(`\n${BAD} is not there: errors of Keras files that are damaged or made to harm are NOT compared.\n`);

describe.skipIf(!existsSync(BAD))('Keras files that are refused', () => {
  it.each(refused)('%s: %s', async (file, message) => {
    const bytes = new Uint8Array(readFileSync(join(BAD, file)));
    await expect(readModelFile({ name: file, bytes }, {})).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringMatching(message) as string,
    });
  });
});
