import { expect, it } from 'vitest';
import { seededRandom } from '../shared/seededRandom.js';
import type { Tensor } from '../graph/Graph.js';
import { interpret } from '../graph/interpret.js';
import { compareEmbeddings } from './compareEmbeddings.js';
import { equalizeChannels } from './equalizeChannels.js';
import { GraphBuilder } from './GraphBuilder.js';
import { nameEnds } from './passes/nameEnds.js';
import { simplify } from './passes/simplify.js';

const SIZE = 8;
const CHANNELS = 12;

/** Channels of very different sizes: convolution, depthwise convolution, convolution, each with an activation. */
function network(activate: 'relu' | 'relu6') {
  const random = seededRandom(7);
  const weights = (shape: number[], sizeOf: (i: number) => number): Tensor => ({
    shape,
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (2 * random() - 1) * sizeOf(i)),
  });
  const builder = new GraphBuilder();
  const input = builder.placeholder('x', SIZE);
  const uneven = (i: number) => 2 ** ((i % CHANNELS) - 6);
  const first = builder.conv('first', input, weights([3, 3, 3, CHANNELS], uneven), { padding: 'SAME' });
  const one = builder[activate]('one', first);
  const deep = builder.depthwiseConv(
    'deep',
    one,
    weights([3, 3, CHANNELS, 1], (i) => 1 / uneven(i)),
    { padding: [1, 1, 1, 1] },
  );
  const two = builder[activate]('two', deep);
  const last = builder.conv(
    'last',
    two,
    weights([SIZE, SIZE, CHANNELS, 16], () => 1),
    { padding: 'VALID' },
  );
  const graph = builder.graph;
  return nameEnds(simplify({ graph, input, output: last }, { swap: false, scalable: false }).network).graph;
}

/** How many times as large the largest channel's weights are as the smallest's. */
function unevenness({ values }: Tensor): number {
  const most = Array<number>(CHANNELS).fill(0);
  values.forEach((v: number, i: number) => (most[i % CHANNELS] = Math.max(most[i % CHANNELS], Math.abs(v))));
  return Math.max(...most) / Math.min(...most);
}

const picture = () => {
  const random = seededRandom(3);
  return { shape: [1, SIZE, SIZE, 3], values: Float32Array.from({ length: SIZE * SIZE * 3 }, () => 2 * random() - 1) };
};
const filtersOf = (graph: ReturnType<typeof network>) =>
  [...graph.weights.values()].find(({ shape }) => shape.join() === `3,3,3,${CHANNELS}`)!;

it('makes channels alike in size, and the network computes the same', () => {
  const before = network('relu');
  const after = equalizeChannels(before);
  expect(unevenness(filtersOf(before))).toBeGreaterThan(1000);
  expect(unevenness(filtersOf(after))).toBeLessThan(10);
  const [expected] = interpret(before, { input: picture() }, ['embedding']);
  const [actual] = interpret(after, { input: picture() }, ['embedding']);
  expect(compareEmbeddings(actual.values, expected.values)).toBeGreaterThan(0.999_999);
});

it('leaves channels alone whose activation has a limit', () => {
  const before = network('relu6');
  expect(filtersOf(equalizeChannels(before)).values).toEqual(filtersOf(before).values);
});
