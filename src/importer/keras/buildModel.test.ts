import { describe, expect, it } from 'vitest';
import { processorClock } from '../fixtures/processorClock.js';
import { GraphBuilder } from '../GraphBuilder.js';
import { buildModel } from './buildModel.js';
import type { Json } from './Json.js';
import { kindOf } from './layers.js';
import type { LayerCall } from './LayerKind.js';
import { parseModel } from './parseModel.js';

type Tensor = readonly [layer: string, call: number, output: number];

/** A layer as Keras 2 describes it, with what it is called with each time. */
const layer = (name: string, className: string, config: Readonly<Record<string, Json>>, ...calls: readonly Json[]): Json => ({
  class_name: className,
  name,
  config: { name, ...config },
  inbound_nodes: calls,
});
const picture = layer('picture', 'InputLayer', { batch_input_shape: [null, 8, 8, 3] });
const pool = (from: Tensor) => layer('pool', 'GlobalAveragePooling2D', {}, [[...from]]);
const model = (name: string, layers: readonly Json[], output: Tensor): Json => ({
  class_name: 'Functional',
  config: { name, layers, input_layers: [['picture', 0, 0]], output_layers: [[...output]] },
});
const build = (description: Json) => buildModel(parseModel(description), new Map(), {});

describe('buildModel', () => {
  it('writes down what the embedding needs', () => {
    const { graph, output } = build(model('face', [picture, pool(['picture', 0, 0])], ['pool', 0, 0]));
    expect(graph.nodes.get(output)).toMatchObject({ op: 'Mean', inputs: ['picture', 'pool/axes'] });
  });

  it.each<[string, Tensor, string]>([
    ['a second result of a layer', ['relu', 0, 1], 'The layer relu has no result 1 of its call 0.'],
    ['a second call of the input', ['picture', 1, 0], 'The layer picture has no result 0 of its call 1.'],
    ['a call that is not there', ['relu', 3, 0], 'The layer relu (ReLU) is never called with an input.'],
  ])('refuses %s', (_, from, message) => {
    const layers = [picture, layer('relu', 'ReLU', {}, [['picture', 0, 0]]), pool(from)];
    expect(() => build(model('face', layers, ['pool', 0, 0]))).toThrow(message);
  });

  it.each<[string, Json]>([
    ['Keras 2', [['picture', 0, 0, { training: true }]]],
    ['Keras 3', { args: [{ class_name: '__keras_tensor__', config: { keras_history: ['picture', 0, 0] } }], kwargs: { training: true } }],
  ])('refuses what does the same as in training, as %s writes it', (_, call) => {
    const layers = [picture, layer('drop', 'Dropout', {}, call), pool(['drop', 0, 0])];
    expect(() => build(model('face', layers, ['pool', 0, 0]))).toThrow('The layer drop (Dropout) is called with training=True');
  });

  it('refuses models that call others twice, deeper and deeper, at once', () => {
    let inner = model('level', [picture, layer('relu', 'ReLU', {}, [['picture', 0, 0]])], ['relu', 0, 0]);
    for (let depth = 0; depth < 40; depth++) {
      const calls = [[['picture', 0, 0]], [['inner', 1, 0]]];
      inner = model('level', [picture, { ...(inner as object), name: 'inner', inbound_nodes: calls }], ['inner', 2, 0]);
    }
    const spent = processorClock();
    expect(() => build(inner)).toThrow('calls more layers than any face recognizer has');
    expect(spent()).toBeLessThan(2000);
  });

  it('refuses names that are as long as a file', () => {
    const long = layer('n'.repeat(2000), 'ReLU', {}, [['picture', 0, 0]]);
    expect(() => build(model('face', [picture, long], ['picture', 0, 0]))).toThrow('has a name of 2000 characters');
    const nested = (letters: number) => {
      let inner = model('level', [picture, pool(['picture', 0, 0])], ['pool', 0, 0]);
      const name = 'n'.repeat(letters);
      for (let depth = 0; depth < 10; depth++) {
        inner = model('level', [picture, { ...(inner as object), name, inbound_nodes: [[['picture', 0, 0]]] }], [name, 0, 0]);
      }
      return () => build(inner);
    };
    expect(nested(100)).not.toThrow();
    expect(nested(110)).toThrow('their names have more than 1024 letters together');
  });
});

describe('layers', () => {
  const call = (className: string, config: Readonly<Record<string, Json>>, shape: readonly number[], alpha?: readonly number[]) => {
    const builder = new GraphBuilder();
    const node = builder.placeholder('x', 4);
    const values = new Float32Array((alpha ?? []).reduce((product, n) => product * n, 1));
    const weights = alpha ? [{ name: 'alpha', tensor: { shape: alpha, values } }] : [];
    const given: LayerCall = { builder, name: 'layer', className, config, inputs: [{ node, shape }], weights };
    return kindOf(className)!.build(given);
  };

  it('refuses to flatten channels first, which would be another order', () => {
    expect(() => call('Flatten', { data_format: 'channels_first' }, [4, 4, 3])).toThrow('data_format "channels_first"');
    expect(call('Flatten', { data_format: 'channels_first' }, [48]).shape).toEqual([48]);
  });

  it('takes slopes for each channel, and not for each column, however many there are', () => {
    expect(call('PReLU', { shared_axes: [1, 2] }, [4, 3, 3], [1, 1, 3]).shape).toEqual([4, 3, 3]);
    expect(() => call('PReLU', { shared_axes: [1, 3] }, [4, 3, 3], [1, 3, 1])).toThrow('has a slope for every pixel, row or column');
  });
});
