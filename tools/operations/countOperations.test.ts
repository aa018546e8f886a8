import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode, Tensor } from '../../src/graph/Graph.js';
import { sizeOf } from '../../src/graph/sizeOf.js';
import { countFolder } from './countFolder.mjs';
import { countOperations } from './countOperations.mjs';

/** A chain of convolutions, [kernel, inputs, outputs, stride, padding] each, on a picture of so many places and channels. */
function chain(
  size: number,
  channels: number,
  ...convolutions: [k: number, inputs: number, outputs: number, stride?: number, padding?: string][]
): Graph {
  const nodes: GraphNode[] = [{ name: 'x', op: 'Placeholder', inputs: [], attributes: { shape: { shape: [-1, size, size, channels] } } }];
  const weights = new Map<string, Tensor>();
  convolutions.forEach(([k, inputs, outputs, stride = 1, padding = 'SAME'], i) => {
    const shape = [k, k, inputs, outputs];
    weights.set(`w${i}`, { shape, values: new Float32Array(sizeOf(shape)) });
    nodes.push({ name: `w${i}`, op: 'Const', inputs: [], attributes: {} });
    const from = i === 0 ? 'x' : `c${i - 1}`;
    nodes.push({ name: `c${i}`, op: 'Conv2D', inputs: [from, `w${i}`], attributes: { strides: [1, stride, stride, 1], padding } });
  });
  return graphOf(nodes, weights);
}

function graphOf(nodes: readonly GraphNode[], weights: Graph['weights']): Graph {
  return { nodes: new Map(nodes.map((node) => [node.name, node])), weights };
}

const sum = (layers: ReturnType<typeof countOperations>, key: 'parameters' | 'products') =>
  layers.reduce((total, layer) => total + layer[key], 0);
const products = (graph: Graph) => sum(countOperations(graph), 'products');

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
    const { nodes, weights } = chain(8, 3, [1, 3, 8]);
    const [x, w, c] = [...nodes.values()];
    const transform = { name: 'f', op: 'FFT', inputs: ['c0'], attributes: {} };
    expect(() => countOperations(graphOf([x, w, c, transform], weights))).toThrow('the operation FFT ("f") is not known here');
    expect(() => countOperations(graphOf([x, w, { ...c, inputs: ['later', 'w0'] }], weights))).toThrow(
      'fed by "later", which is not there',
    );
  });
});
