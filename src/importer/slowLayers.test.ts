import { expect, it } from 'vitest';
import type { Tensor } from '../graph/Graph.js';
import { GraphBuilder } from './GraphBuilder.js';
import { slowLayers } from './slowLayers.js';

const filter = (...shape: number[]): Tensor => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b)) });

it('names the layers that the kernels do not run, one of each kind', () => {
  const builder = new GraphBuilder();
  const x = builder.placeholder('x', 16);
  const plain = builder.conv('plain', x, filter(3, 3, 3, 8), { padding: 'SAME', strides: [2, 2] });
  expect(slowLayers(builder.graph)).toEqual([]);
  const wide = builder.conv('wide:0', plain, filter(3, 3, 8, 8), { padding: 'SAME', dilations: [2, 2] });
  const wider = builder.conv('wider', wide, filter(3, 3, 8, 8), { padding: 'SAME', dilations: [3, 3] });
  const flat = builder.maxPool('flat', wider, [2, 2], { padding: 'SAME', strides: [2, 1] });
  builder.add('curved', 'Elu', [builder.add('bent', 'Tanh', [flat], {})], {});
  expect(slowLayers(builder.graph)).toEqual([
    expect.stringMatching(/^wide_0 and 1 more: .* no dilated convolutions\. TensorFlow\.js/),
    expect.stringMatching(/^flat: .*strides that differ/),
    expect.stringMatching(/^bent: .*kernels know no Tanh\. TensorFlow\.js/),
    expect.stringMatching(/^curved: .*kernels know no Elu\./),
  ]);
});
