import { describe, expect, it } from 'vitest';
import { checkLayers } from '../checkLayers.js';
import { processorClock } from '../fixtures/processorClock.js';
import { imported } from '../fixtures/drawnNetwork.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { MAX_FOLDED_VALUES } from '../limits.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { nameEnds } from './nameEnds.js';
import { simplify } from './simplify.js';

const SAME2 = { padding: 'SAME', strides: [2, 2] } as const;

/** The operations that are left, in their order, and what the check of every layer says. */
async function simplified(network: ImportedGraph, { swap = false, scalable = true } = {}) {
  const result = simplify(network, { swap, scalable });
  const random = seededRandom(3);
  const picture = Float32Array.from({ length: 16 * 16 * 3 }, () => 2 * random() - 1);
  const check = await checkLayers(result, picture, swap, {});
  expect(check.difference).toBeLessThan(1e-5);
  const { graph } = nameEnds(result.network);
  const ops = [...graph.nodes.values()].flatMap(({ op, attributes }) => {
    if (op === 'Const' || op === 'Placeholder') return [];
    return [[op, ...((attributes.fused_ops as string[] | undefined) ?? [])].join('+')];
  });
  return { ops, check, graph, ...result };
}

const head = (
  b: Parameters<Parameters<typeof imported>[0]>[0],
  x: string,
  draw: Parameters<Parameters<typeof imported>[0]>[2],
  c: number,
) => b.dense('head', b.globalAverage('pool', x), draw.tensor(c, 16));

describe('simplify', () => {
  it.each([
    ['one result', [200], /The tensor conv0 is too large: its shape is \[1, 1024, 1024, 200\]/],
    ['all results', [100, 100, 100], /The network makes \d{9} values of one picture/],
  ])('refuses what would fill any memory: %s', (_, channels, message) => {
    const network = imported((b, input, draw) => {
      let [x, from] = [input, 3];
      channels.forEach((to, i) => {
        x = b.conv(`conv${i}`, x, draw.tensor(1, 1, from, to), { padding: 'SAME' });
        from = to;
      });
      return head(b, x, draw, from);
    }, 1024);
    expect(() => simplify(network, { swap: false, scalable: true })).toThrow(message);
  });

  it('refuses what would take days', () => {
    const network = imported((b, x, draw) => head(b, b.maxPool('pool', x, [512, 512], { padding: 'SAME' }), draw, 3), 512);
    expect(() => simplify(network, { swap: false, scalable: true })).toThrow('The network takes 2.1e+11 multiply-adds');
  });

  it('counts what is read, of which little may be made', () => {
    const network = imported((b, input, draw) => {
      const x = b.conv('conv', input, draw.tensor(1, 1, 3, 100), { padding: 'SAME' });
      const axes = b.constant('axes', { shape: [2], values: Int32Array.of(1, 2) });
      const most = (i: number) => b.add(`most${i}`, 'Max', [x, axes], {});
      const all = Array.from({ length: 1000 }).reduce<string>((sum, _, i) => b.sum(`all${i}`, sum, most(i + 1)), most(0));
      return b.dense('head', all, draw.tensor(100, 16));
    }, 1024);
    expect(() => simplify(network, { swap: false, scalable: true })).toThrow(/The network takes 1\.\de\+11 multiply-adds/);
  });

  it('refuses constants that are computed from others without end', () => {
    const row = (...shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b)) });
    const with_ = (op: string, a: number[], c: number[]) => {
      const network = imported((b, input, draw) => {
        const made = b.add('made', op, [b.constant('a', row(...a)), b.constant('c', row(...c))], {});
        const sum = b.add('all', 'Sum', [made, b.constant('axes', { shape: [2], values: Int32Array.of(0, 1) })], {});
        return head(b, b.product('scaled', input, sum), draw, 3);
      });
      return () => simplify(network, { swap: false, scalable: true });
    };
    expect(with_('Mul', [8193, 1], [1, 8192])).toThrow('The constants that are computed up to the node made are too large');
    expect(with_('MatMul', [1100, 1100], [1100, 1100])).toThrow('The constants up to the node made take too long to compute');
    expect(with_('Mul', [8, 1], [1, 8])).not.toThrow();
  });

  it('refuses a repeating convolution that is larger than all else', () => {
    const network = imported((b, input, draw) => {
      const x = b.conv('conv', input, draw.tensor(1, 1, 3, 8192), { padding: 'SAME' });
      return head(b, b.depthwiseConv('deep', x, draw.tensor(1, 1, 8192, 2), { padding: 'SAME' }), draw, 2 * 8192);
    }, 1);
    expect(() => simplify(network, { swap: false, scalable: true })).toThrow('up to the node deep are too large');
  });

  it('counts all that is made of constants together', () => {
    const network = imported((b, input, draw) => {
      const square = b.product('square', b.constant('column', draw.tensor(128, 1)), b.constant('row', draw.tensor(1, 128)));
      const sum = b.add('all', 'Sum', [square, b.constant('axes', { shape: [2], values: Int32Array.of(0, 1) })], {});
      const x = b.conv('conv', b.product('scaled', input, sum), draw.tensor(1, 1, 3, 5792), { padding: 'SAME' });
      return head(b, b.depthwiseConv('deep', x, draw.tensor(1, 1, 5792, 2), { padding: 'SAME' }), draw, 2 * 5792);
    }, 1);
    expect(2 * 5792 ** 2).toBeLessThan(MAX_FOLDED_VALUES);
    expect(() => simplify(network, { swap: false, scalable: true })).toThrow('up to the node deep are too large');
  });

  it('refuses very many axes', () => {
    const network = imported((b, input, draw) => {
      const x = head(b, input, draw, 3);
      const axis = b.constant('axis', { shape: [], values: Int32Array.of(0) });
      return Array.from({ length: 8 }).reduce<string>((y, _, i) => b.add(`more${i}`, 'ExpandDims', [y, axis], {}), x);
    });
    expect(() => simplify(network, { swap: false, scalable: true })).toThrow('ExpandDims "more6" makes 9 axes');
  });

  it('follows sums of the same sums once', () => {
    const network = imported((b, input, draw) => {
      const x = b.conv('conv', input, draw.tensor(1, 1, 3, 8192), { padding: 'SAME' });
      let deep = x;
      for (let i = 0; i < 6; i++) deep = b.sum(`deep${i}`, deep, deep);
      let all = x;
      for (let i = 0; i < 1000; i++) all = b.sum(`all${i}`, all, b.sum(`sum${i}`, b.relu(`relu${i}`, x), deep));
      return head(b, all, draw, 8192);
    }, 1);
    const spent = processorClock();
    simplify(network, { swap: false, scalable: true });
    // Each again for each way to it, they would be a thousand times as many.
    expect(spent()).toBeLessThan(30_000);
  });

  it('refuses a filter that is computed', () => {
    const network = imported((b, input, draw) => {
      const filter = b.reshape('filter', b.globalAverage('mean', input), [1, 1, 3, 1]);
      const x = b.add('conv', 'Conv2D', [input, filter], { padding: 'VALID', strides: [1, 1, 1, 1] });
      return head(b, x, draw, 1);
    });
    expect(() => simplify(network, { swap: false, scalable: true })).toThrow('The filter of conv (Conv2D) is computed by the network');
  });

  it('fills the gaps of windows that stand apart too, which TensorFlow.js does not take', async () => {
    const network = imported((b, input, draw) => {
      const options = { padding: 'SAME', strides: [2, 1], dilations: [2, 3] } as const;
      const x = b.depthwiseConv('deep', b.conv('conv', input, draw.tensor(3, 3, 3, 8), options), draw.tensor(3, 2, 8, 1), options);
      return head(b, x, draw, 8);
    });
    const { graph } = await simplified(network);
    expect(graph.nodes.get('conv')!.attributes).toMatchObject({ strides: [1, 2, 1, 1], dilations: [1, 1, 1, 1] });
    expect(graph.weights.get('conv/filter')!.shape).toEqual([5, 7, 3, 8]);
    expect(graph.weights.get('deep/filter')!.shape).toEqual([5, 4, 8, 1]);
  });

  it('keeps a quotient whose sign is not known, and drops one by a length', async () => {
    const network = (less: number) =>
      imported((b, input, draw) => {
        const x = head(b, b.conv('conv', input, draw.tensor(3, 3, 3, 8), SAME2), draw, 8);
        const axes = b.constant('axes', { shape: [1], values: Int32Array.of(1) });
        const sum = b.add('sum', 'Sum', [b.product('square', x, x), axes], { keep_dims: true });
        const root = b.add('root', 'Sqrt', [sum], {});
        const by = b.sum('by', root, b.constant('less', { shape: [], values: Float32Array.of(less) }));
        return b.add('unit', 'RealDiv', [x, by], {});
      });
    expect((await simplified(network(-500))).ops).toContain('RealDiv');
    expect((await simplified(network(0.001))).ops).not.toContain('RealDiv');
  });

  it('compares the embeddings too, whatever their nodes are called', async () => {
    const network = (name: string, sign: number) => {
      const read = imported((b, x, draw) => {
        const filter = draw.tensor(1, 1, 3, 16);
        return b.globalAverage(`${name}/pool`, b.conv(name, x, { ...filter, values: filter.values.map((v: number) => sign * v) }, SAME2));
      });
      return simplify(read, { swap: false, scalable: true });
    };
    const raw = network('one', 1);
    const picture = Float32Array.from({ length: 16 * 16 * 3 }, (_, i) => Math.sin(i));
    const check = (name: string, sign: number) => checkLayers({ ...raw, network: network(name, sign).network }, picture, false, {});
    expect((await check('other', 1)).layers).toBe(0);
    await expect(check('other', -1)).rejects.toThrow('The embedding points elsewhere once the network is simplified (cosine -1.00000');
  });

  it('joins PReLUs that are spelled out', async () => {
    const network = imported((b, input, draw) => {
      const slope = b.constant('slope', { shape: [8], values: Float32Array.from({ length: 8 }, (_, c) => 0.1 * c - 0.2) });
      let x = b.conv('conv', input, draw.tensor(3, 3, 3, 8), SAME2, draw.tensor(8));
      const gap = b.product('sloped', b.difference('gap', x, b.add('abs', 'Abs', [x], {})), slope);
      x = b.sum('prelu', b.relu('relu', x), b.scale('half', gap, 0.5));
      x = b.conv('conv2', x, draw.tensor(1, 1, 8, 8), { padding: 'SAME' });
      const below = b.product('sloped2', b.relu('relu3', b.scale('negative', x, -1)), slope);
      x = b.difference('prelu2', b.relu('relu2', x), below);
      // Not one: values above zero are doubled.
      return head(b, b.sum('doubled', x, b.relu('relu4', x)), draw, 8);
    });
    const { ops, graph } = await simplified(network);
    expect(ops).toEqual(['_FusedConv2D+BiasAdd+Prelu', '_FusedConv2D+BiasAdd+Prelu', 'Relu', 'AddV2', 'Mean', 'MatMul', 'Identity']);
    expect(graph.nodes.has('abs')).toBe(false);
  });

  it('folds batch norms into what comes before them, and fuses biases and activations', async () => {
    const network = imported((b, input, draw) => {
      let x = b.relu6('relu', b.batchNorm('norm', b.conv('conv', input, draw.tensor(3, 3, 3, 8), SAME2), draw.batchNorm(8)));
      x = b.depthwiseConv('deep', x, draw.tensor(3, 3, 8, 1), { padding: 'SAME' }, draw.tensor(8));
      x = b.prelu('prelu', b.batchNorm('norm2', x, draw.batchNorm(8)), draw.tensor(1, 1, 8));
      x = b.batchNorm('last', head(b, x, draw, 8), draw.batchNorm(16));
      return b.l2Normalize('unit', x);
    });
    const { ops, graph } = await simplified(network);
    expect(ops).toEqual([
      '_FusedConv2D+BiasAdd+Relu6',
      'FusedDepthwiseConv2dNative+BiasAdd+Prelu',
      'Mean',
      '_FusedMatMul+BiasAdd',
      'Identity',
    ]);
    expect(graph.nodes.get('embedding')!.inputs).toEqual(['last']);
    expect(graph.nodes.get('input')!.op).toBe('Placeholder');
  });
});
