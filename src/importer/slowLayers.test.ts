import { expect, it } from 'vitest';
import { Drawing } from './fixtures/drawnNetwork.js';
import { GraphBuilder } from './GraphBuilder.js';
import { slowLayers } from './slowLayers.js';

/** What is said of a network of 16 × 16 pixels. */
function notesOf(write: (b: GraphBuilder, x: string, draw: Drawing) => string): string[] {
  const builder = new GraphBuilder();
  const output = write(builder, builder.placeholder('x', 16), new Drawing());
  return slowLayers(builder.graph, output);
}
const SAME = { padding: 'SAME' } as const;
const AXIS = { shape: [1], values: Int32Array.of(1) };

it('names the layers that the kernels do not run, one of each kind', () => {
  const notes = notesOf((b, x, draw) => {
    const plain = b.conv('plain', x, draw.tensor(3, 3, 3, 8), { padding: 'SAME', strides: [2, 2] });
    const wide = b.conv('wide:0', plain, draw.tensor(3, 3, 8, 8), { padding: 'SAME', dilations: [2, 2] });
    const wider = b.conv('wider', wide, draw.tensor(3, 3, 8, 8), { padding: 'SAME', dilations: [3, 3] });
    const flat = b.maxPool('flat', wider, [2, 2], { padding: 'SAME', strides: [2, 1] });
    return b.add('curved', 'Elu', [b.add('bent', 'Tanh', [flat], {})], {});
  });
  expect(notes).toEqual([
    expect.stringMatching(/^wide_0 and 1 more: .* no dilated convolutions\. TensorFlow\.js/),
    expect.stringMatching(/^flat: .*strides that differ/),
    expect.stringMatching(/^bent: .*kernels know no Tanh\. TensorFlow\.js/),
    expect.stringMatching(/^curved: .*kernels know no Elu\./),
  ]);
});

it.each<[string, string | null, Parameters<typeof notesOf>[0]]>([
  ['the hard swish of MobileNetV3', 'products of two values', (b, x) => b.hardSwish('y', x)],
  [
    'squeeze and excitation',
    'products of two values',
    (b, x, draw) => {
      const gate = b.conv('gate', b.globalAverage('mean', x, true), draw.tensor(1, 1, 3, 3), SAME);
      return b.product('y', b.sigmoid('open', gate), x);
    },
  ],
  ['a factor for each channel', null, (b, x, draw) => b.product('y', b.constant('factors', draw.tensor(3)), x)],
  ['a factor for each pixel', 'constants but for one value for each channel', (b, x, draw) => b.product('y', x, b.constant('map', draw.tensor(16, 16, 1)))], // prettier-ignore
  ['a bias as long as the rows', 'constants but for one value for each channel', (b, x, draw) => b.sum('y', x, b.constant('bias', draw.tensor(16, 1)))], // prettier-ignore
  ['averages at the edge', 'averages over padding', (b, x) => b.averagePool('y', x, [3, 3], SAME)],
  ['averages that end at the edge', null, (b, x) => b.averagePool('y', x, [2, 2], { ...SAME, strides: [2, 2] })],
  ['maxima at the edge', null, (b, x) => b.maxPool('y', x, [3, 3], SAME)],
  ['the mean of all pixels', null, (b, x) => b.globalAverage('y', x)],
  ['the mean of each column', 'means over other axes than rows and columns', (b, x) => b.add('y', 'Mean', [x, b.constant('axis', AXIS)], {})], // prettier-ignore
  ['a sigmoid in the middle', 'sigmoids but at the end', (b, x) => b.relu('y', b.sigmoid('open', x))],
  ['a sigmoid at the end', null, (b, x) => b.add('y', 'Identity', [b.sigmoid('open', x)], {})],
  ['a row that is added to each', 'sums of different shapes', (b, x) => b.sum('y', x, b.globalAverage('mean', x, true))],
  ['rows below each other', 'concatenation along other axes than the channels', (b, x) => b.concatAlong('y', [x, x], b.constant('axis', AXIS))], // prettier-ignore
  ['channels side by side', null, (b, x) => b.concat('y', [x, b.relu('relu', x)])],
  ['a vector for each pixel', 'values of the shape [256,3]', (b, x) => b.relu('y', b.reshape('rows', x, [256, 3]))],
  ['zeros around a convolution', null, (b, x, draw) => b.conv('y', x, draw.tensor(3, 3, 3, 8), { padding: [1, 0, 2, 1] })],
  ['zeros that are flattened', 'padding before another shape', (b, x) => b.reshape('y', b.pad('pad', x, [1, 1], [1, 1]), [1, -1])],
])('tells of %s: %s', (_, lacks, write) => {
  expect(notesOf(write)).toEqual(
    lacks === null ? [] : [expect.stringContaining(`y: visavis' own kernels know no ${lacks}. TensorFlow.js`)],
  );
});
