import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpret } from '../../graph/interpret.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { compareEmbeddings } from '../compareEmbeddings.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { simplify } from '../passes/simplify.js';
import answers from './fixtures/onnxAnswers.json';
import { ONNX_CASES, ripple } from './fixtures/onnxCases.js';
import { writeOnnx, type OnnxDraft } from './fixtures/writeOnnx.js';
import { onnxReader } from './onnxReader.js';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const read = (draft: OnnxDraft, inputSize?: number) => onnxReader.read({ name: 'x.onnx', bytes: writeOnnx(draft) }, { inputSize });

/** From [channels, height, width] to [height, width, channels]. */
function channelsLast(values: ArrayLike<number>, channels: number): Float32Array {
  const pixels = values.length / channels;
  return Float32Array.from(values, (_, i) => values[(i % channels) * pixels + Math.floor(i / channels)]);
}

function run({ graph, input, output }: Pick<ImportedGraph, 'graph' | 'input' | 'output'>, values: Float32Array) {
  const size = Math.sqrt(values.length / 3);
  return interpret(graph, { [input]: { shape: [1, size, size, 3], values } }, [output])[0];
}

it('reads what PyTorch wrote, and gives what PyTorch gives', async () => {
  const load = (name: string) => Uint8Array.from(readFileSync(join(FIXTURES, name)));
  const floats = (name: string) => new Float32Array(load(name).buffer);
  const file = { name: 'upload', bytes: load('torch-mobilefacenet.onnx') };
  expect(onnxReader.matches(file)).toBe(true);
  const imported = await onnxReader.read(file, {});
  expect(imported.format).toBe('ONNX (opset 11, pytorch 1.13.0)');
  const { values } = run(imported, channelsLast(floats('nchw112.input.bin'), 3));
  expect(compareEmbeddings(values, floats('torch-mobilefacenet.output.bin'))).toBeGreaterThan(0.999_999_9);
});

describe('operators', () => {
  const picture = ripple(3 * 8 * 8, 0.5);

  /** What another case computes in other words. `spatial` was no attribute any more when ONNX Runtime was written. */
  const ALSO: Readonly<Record<string, keyof typeof answers>> = {
    'batch norm, as MXNet wrote it': 'batch norm, channels',
    'length as PyTorch 2.9': 'LpNormalization',
  };

  // The answers are of ONNX Runtime 1.30 (onnxruntime-web in Node).
  it.each(Object.entries(ONNX_CASES))('%s', async (name, draft) => {
    const imported = await read(draft);
    const values = draft.input?.at(-1) === 3 ? Float32Array.from(picture) : channelsLast(picture, 3);
    const wanted = Float32Array.from(answers[ALSO[name] ?? (name as keyof typeof answers)]);
    const plain = run(imported, values);
    expect(plain.shape).toEqual([1, wanted.length]);
    // A factor of a vector of unit length is dropped.
    const factor = name === 'length as sum of squares' ? 64 : 1;
    const worst = Math.max(...wanted.map((v, i) => Math.abs(v / factor - plain.values[i])));
    expect(worst).toBeLessThan(2e-5 * Math.max(1, ...wanted.map(Math.abs)));
    const { network } = simplify(imported, { swap: false, scalable: false });
    expect(compareEmbeddings(run(network, values).values, wanted)).toBeGreaterThan(0.999_999_9);
  });
});

describe('inputs', () => {
  it('takes bytes that lie anywhere, also in a Buffer of Node', async () => {
    const bytes = writeOnnx(ONNX_CASES['conv, pads']);
    const { weights } = (await onnxReader.read({ name: 'x.onnx', bytes }, {})).graph;
    for (let shift = 0; shift < 4; shift++) {
      const shifted = Buffer.concat([Buffer.alloc(shift), bytes, Buffer.alloc(1)]).subarray(shift, shift + bytes.length);
      expect((await onnxReader.read({ name: 'x.onnx', bytes: shifted }, {})).graph.weights).toEqual(weights);
    }
  });

  const nodes: OnnxDraft['nodes'] = [['GlobalAveragePool', 'x', 'embedding']];
  const sizeOf = async (input: OnnxDraft['input'], inputSize?: number) => {
    const { graph, input: name, notes } = await read({ nodes, input }, inputSize);
    return [graph.nodes.get(name)?.attributes.shape, ...notes];
  };

  it('takes batches of any size as one picture', async () => {
    expect(await sizeOf(['n', 3, 16, 16])).toEqual([{ shape: [1, 16, 16, 3] }]);
    expect(await sizeOf([4, 3, 16, 16])).toEqual([
      { shape: [1, 16, 16, 3] },
      'The file is for batches of 4 pictures; here one is computed at a time.',
    ]);
  });

  it('asks for the side of the picture where the file does not say it', async () => {
    expect(await sizeOf(['n', 3, 'h', 'w'], 96)).toEqual([{ shape: [1, 96, 96, 3] }]);
    await expect(sizeOf(['n', 3, 'h', 'w'])).rejects.toThrow('does not say how large the picture x is');
  });

  it('takes no other side than the file has', async () => {
    expect(await sizeOf(['n', 3, 16, 16], 16)).toEqual([{ shape: [1, 16, 16, 3] }]);
    await expect(sizeOf(['n', 3, 16, 16], 160)).rejects.toThrow('[n, 3, 16, 16], and an input size of 160 was asked for');
  });

  it.each([
    [[1, 1, 8, 8], 'three channels'],
    [[1, 3, 8, 9], 'not square'],
    [[1, 3, 4096, 4096], 'side of 4096 pixels'],
    [[1, 3, 8], 'three channels'],
  ])('refuses a picture of %j', async (input, why) => {
    await expect(sizeOf(input)).rejects.toThrow(why);
  });
});

describe('one number', () => {
  const picture = channelsLast(ripple(3 * 8 * 8, 0.5), 3);
  const repeated = (value: number, ...shape: number[]) => ({ shape, values: Array<number>(shape.reduce((a, b) => a * b, 1)).fill(value) });
  const ends: OnnxDraft['nodes'] = [['GlobalAveragePool', 'y', 'embedding']];
  const [vector, square] = [['GlobalAveragePool', 'x', 'a'], ['Pow', 'a p', 'y']] as const; // prettier-ignore

  it.each<[string, (...shape: number[]) => OnnxDraft]>([
    [
      'limits',
      (...shape) => ({ nodes: [['Clip', 'x a b', 'y'], ...ends], weights: { a: repeated(0, ...shape), b: repeated(6, ...shape) } }),
    ],
    ['a maximum', (...shape) => ({ nodes: [['Max', 'z x', 'y'], ...ends], weights: { z: repeated(0, ...shape) } })],
    ['a power', (...shape) => ({ nodes: [vector, square], weights: { p: repeated(2, ...shape) } })],
  ])('may be repeated for each channel: %s', async (_, draft) => {
    const [one, many] = [await read(draft()), await read(draft(3, 1, 1))];
    expect(run(many, picture)).toEqual(run(one, picture));
  });

  it('repeats nothing itself', async () => {
    const draft: OnnxDraft = { nodes: [vector, square], weights: { p: repeated(2, 1, 3, 2, 2) } };
    await expect(read(draft)).rejects.toThrow('p has the shape [1, 3, 2, 2], and would repeat [1, 3, 1, 1]');
  });
});

describe('what is refused', () => {
  const scalar = (value: number) => ({ shape: [], values: [value] });
  const filter = (shape: readonly number[]) => ({ shape, values: ripple(shape.reduce((a, b) => a * b, 1)) });
  const REFUSED: Readonly<Record<string, readonly [OnnxDraft, string]>> = {
    'an operator': [{ nodes: [['Softplus', 'x', 'y']] }, 'The operator Softplus (node Softplus_y) is not supported.'],
    'an older version': [{ nodes: [['Relu', 'x', 'y']], opset: 6 }, "version 6 of ONNX's operators"],
    'a newer version': [{ nodes: [['Relu', 'x', 'y']], irVersion: 99 }, "version 99 of ONNX's format"],
    'channels that do not fit': [{ nodes: [['Conv', 'x w', 'y']], weights: { w: filter([2, 4, 1, 1]) } }, 'w takes 4 channels in 1 groups'],
    'weights that are computed': [{ nodes: [['Conv', 'x x', 'y']] }, 'Conv_y (Conv) cannot be imported: its weights is computed'],
    'a window larger than its picture': [
      { nodes: [['Conv', 'x w', 'y']], weights: { w: filter([2, 3, 9, 9]) } },
      'its window of 9 is larger',
    ],
    'pooling of all pixels with the channels last': [
      {
        nodes: [
          ['Transpose', 'x', 't', { perm: [0, 2, 3, 1] }],
          ['GlobalAveragePool', 't', 'embedding'],
        ],
      },
      'has the channels last',
    ],
    'rows put side by side': [{ nodes: [['Concat', 'x x', 'y', { axis: 2 }]] }, 'only channels are put side by side'],
    'reflected edges': [
      {
        nodes: [['Pad', 'x p', 'y', { mode: 'reflect' }]],
        weights: { p: { shape: [8], values: [0, 0, 1, 1, 0, 0, 1, 1], integers: true } },
      },
      'it pads with reflect',
    ],
    'another limit': [{ nodes: [['Clip', 'x a b', 'y']], weights: { a: scalar(-1), b: scalar(1) } }, 'cuts off below -1 and above 1'],
    'limits for each column': [
      { nodes: [['Clip', 'x a b', 'y']], weights: { a: { shape: [8], values: [0, 1, 1, 1, 1, 1, 1, 1] }, b: scalar(6) } },
      'a has the shape [8], and has to be one number',
    ],
    'the maximum of more than two': [
      { nodes: [['GlobalAveragePool', 'x', 'a'], ['Max', 'a z a', 'y']], weights: { z: scalar(0) } }, // prettier-ignore
      'Max_y (Max) cannot be imported: it has 3 inputs',
    ],
    'a power for each value': [
      { nodes: [['GlobalAveragePool', 'x', 'a'], ['Pow', 'a p', 'y']], weights: { p: { shape: [1, 3, 1, 1], values: [2, 3, 2] } } }, // prettier-ignore
      'p has the shape [1, 3, 1, 1], and has to be one number',
    ],
    'further results': [
      { nodes: [['GlobalAveragePool', 'x', 'a'], ['MaxPool', 'a', '- places', { kernel_shape: [1, 1] }], ['Flatten', 'places', 'y']] }, // prettier-ignore
      'The tensor places, which Flatten_y reads, is a further result of its node',
    ],
    'constants without end': [
      { nodes: [['ConstantOfShape', 's', 'c'], ['Mul', 'x c', 'y']], weights: { s: { shape: [4], values: [1, 3, 1e5, 1e5], integers: true } } }, // prettier-ignore
      'too large',
    ],
    'constants of no values with places without end': [
      {
        nodes: [['ConstantOfShape', 's', 'c'], ['Concat', 'c c', 'd', { axis: 1 }], ['Mul', 'x d', 'y']], // prettier-ignore
        weights: { s: { shape: [2], values: [2 ** 50, 0], integers: true } },
      },
      'too large',
    ],
    'places without end by another shape': [
      {
        nodes: [['Reshape', 'n s', 'c'], ['Mul', 'x c', 'y']], // prettier-ignore
        weights: { n: { shape: [0, 1], values: [] }, s: { shape: [3], values: [2 ** 40, 2 ** 40, 0], integers: true } },
        opset: 14,
      },
      'too large',
    ],
    'very many axes': [
      {
        nodes: [['Flatten', 'x', 'a'], ['Reshape', 'a s', 'y']], // prettier-ignore
        weights: { s: { shape: [1000], values: [1, 192, ...Array<number>(998).fill(1)], integers: true } },
      },
      'it makes 1000 axes',
    ],
    'many large constants': [
      {
        nodes: [
          ...Array.from({ length: 40 }, (_, i) => ['ConstantOfShape', 's', `c${i}`] as const),
          ['Sum', `x ${Array.from({ length: 40 }, (_, i) => `c${i}`).join(' ')}`, 'y'],
        ],
        weights: { s: { shape: [1], values: [1 << 21], integers: true } },
      },
      'are too large',
    ],
    'integers, which take twice as much': [
      {
        nodes: [['ConstantOfShape', 's', 'c'], ['Cast', 'c', 'i', { to: 7 }], ['Mul', 'x i', 'y']], // prettier-ignore
        weights: { s: { shape: [1], values: [Math.ceil(2 ** 26 / 3)], integers: true } },
      },
      'up to the node Cast_i are too large',
    ],
    'a vector divided by the length of another': [
      {
        nodes: [
          ['GlobalAveragePool', 'x', 'a'],
          ['Relu', 'a', 'b'],
          ['ReduceL2', 'a', 'l', { axes: [1] }],
          ['Div', 'b l', 'y'],
        ],
      },
      'length of a vector is used otherwise',
    ],
    'a flattened picture as embedding': [{ nodes: [['Flatten', 'x', 'y']] }, 'is a flattened picture [3, 8, 8]'],
    'one number as embedding': [
      { nodes: [['GlobalAveragePool', 'x', 'a'], ['Conv', 'a w', 'y']], weights: { w: filter([1, 3, 1, 1]) } }, // prettier-ignore
      'not an embedding vector',
    ],
    'a batch norm of channels that come last': [
      {
        nodes: [
          ['Transpose', 'x', 't', { perm: [0, 2, 3, 1] }],
          ['BatchNormalization', 't a a a a', 'y'],
        ],
        weights: { a: filter([8]) },
      },
      'not on axis 1',
    ],
    'two nodes that make the same': [{ nodes: [['Relu', 'x', 'y'], ['Sigmoid', 'x', 'y']] }, 'both make the tensor y'], // prettier-ignore
  };

  it.each(Object.entries(REFUSED))('%s', async (_, [draft, why]) => {
    const error: unknown = await read(draft).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VisavisError);
    expect((error as VisavisError).message).toContain(why);
    expect(error).toMatchObject({ code: 'import-failed' });
  });

  it('whatever is made of a file is read or refused', async () => {
    const random = seededRandom(7);
    const below = (n: number) => Math.floor(random() * n);
    const files = Object.values(ONNX_CASES).map(writeOnnx);
    let refused = 0;
    for (let n = 0; n < 1500; n++) {
      const bytes = files[n % files.length].slice();
      for (let changes = below(4); changes >= 0; changes--) {
        const at = below(bytes.length);
        if (random() < 0.5) bytes[at] ^= 1 << below(8);
        else bytes.copyWithin(below(bytes.length), at, at + below(40));
      }
      await onnxReader.read({ name: 'x.onnx', bytes }, {}).catch((error: unknown) => {
        refused++;
        expect(error).toMatchObject({ code: 'import-failed' });
      });
    }
    expect(refused).toBeGreaterThan(500);
  });
});
