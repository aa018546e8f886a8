import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countFolder } from './countFolder.mjs';
import { countOperations } from './countOperations.mjs';

type Model = Parameters<typeof countOperations>[0];

const sliding = (stride: number, padding: string) => ({
  strides: { list: { i: ['1', String(stride), String(stride), '1'] } },
  padding: { s: btoa(padding) },
});

/** A chain of convolutions, [kernel, inputs, outputs, stride, padding] each, on a picture of so many places and channels. */
function chain(
  size: number,
  channels: number,
  ...convolutions: [k: number, inputs: number, outputs: number, stride?: number, padding?: string][]
): Model {
  const dim = [-1, size, size, channels].map((n) => ({ size: String(n) }));
  return {
    modelTopology: {
      node: [
        { name: 'x', op: 'Placeholder', attr: { shape: { shape: { dim } } } },
        ...convolutions.flatMap(([, , , stride = 1, padding = 'SAME'], i) => [
          { name: `w${i}`, op: 'Const' },
          { name: `c${i}`, op: 'Conv2D', input: [i === 0 ? 'x' : `c${i - 1}:0`, `w${i}`], attr: sliding(stride, padding) },
        ]),
      ],
    },
    weightsManifest: [
      { weights: convolutions.map(([k, inputs, outputs], i) => ({ name: `w${i}`, shape: [k, k, inputs, outputs], dtype: 'float32' })) },
    ],
  };
}

const sum = (layers: ReturnType<typeof countOperations>, key: 'parameters' | 'products') =>
  layers.reduce((total, layer) => total + layer[key], 0);
const products = (model: Model) => sum(countOperations(model), 'products');

describe('countOperations', () => {
  it('gives the arithmetic of dimension reduction: 28 × 28 × 192 through 32 filters of 5 × 5, at once and through 16 channels', () => {
    expect(products(chain(28, 192, [5, 192, 32]))).toBe(120_422_400);
    expect(products(chain(28, 192, [1, 192, 16], [5, 16, 32]))).toBe(12_443_648);
  });

  it('follows strides and both kinds of padding', () => {
    const [same, valid] = countOperations(chain(33, 3, [7, 3, 8, 2], [3, 8, 4, 2, 'VALID']));
    expect(same).toMatchObject({ kind: '7×7 convolution', output: [1, 17, 17, 8], parameters: 7 * 7 * 3 * 8, products: 17 * 17 * 8 * 147 });
    expect(valid).toMatchObject({ kind: '3×3 convolution', output: [1, 8, 8, 4], products: 8 * 8 * 4 * 72 });
  });

  it('counts what the papers’ tables say of mobilenet-160', () => {
    const blocks = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
    const halved = [1, 3, 5, 11];
    let [parameters, multiplications, places, inputs] = [28 * 32, 80 * 80 * 27 * 32, 80, 32];
    blocks.forEach((outputs, i) => {
      if (halved.includes(i)) places /= 2;
      parameters += 10 * inputs + (inputs + 1) * outputs;
      multiplications += places * places * inputs * (9 + outputs);
      inputs = outputs;
    });
    const layers = countFolder(join(import.meta.dirname, '../../public/models/mobilenet-160'));
    expect(sum(layers, 'parameters')).toBe(parameters + 1025 * 128);
    expect(sum(layers, 'products')).toBe(multiplications + 1024 * 128);
    expect(layers.at(-1)).toMatchObject({ kind: 'matrix product', output: [1, 128] });
  });

  it.each(['blazeface-256', 'facemesh-192'])('knows every operation of %s', (id) => {
    expect(sum(countFolder(join(import.meta.dirname, '../../public/models', id)), 'products')).toBeGreaterThan(2e7);
  });

  it('names what it does not know', () => {
    const model = chain(8, 3, [1, 3, 8]);
    model.modelTopology.node.push({ name: 'f', op: 'FFT', input: ['c0'] });
    expect(() => countOperations(model)).toThrow('FFT (f) is not known here');
    model.modelTopology.node[2].input = ['later', 'w0'];
    expect(() => countOperations(model)).toThrow('c0 is fed by later, which does not come before it');
  });
});
