import type { Graph, GraphNode, Tensor } from '../graph/Graph.js';
import { isDepthwise } from './isDepthwise.js';

/** Between channels of one convolution, factors differ no more than this: beyond, 16 bits lose what 8 gain. */
const MOST = 16;
/** Activations f with f(s · x) = s · f(x) for every positive s. */
const HOMOGENEOUS: readonly string[] = ['BiasAdd', 'Relu', 'Prelu'];

/**
 * Makes the channels between two convolutions alike in size, so that one set of 256 levels suits all of them: a channel of the first is
 * multiplied by a factor, and what reads it in the second divided by it. The network computes the same. After Nagel et al. 2019, "Data-Free
 * Quantization Through Weight Equalization and Bias Correction", section 4.1; but where one of the two is depthwise it takes all the
 * differences, since depthwise filters are small and keep 16 bits.
 */
export function equalizeChannels(graph: Graph): Graph {
  const weights = new Map(graph.weights);
  const readers = readersOf(graph);
  for (const first of graph.nodes.values()) {
    const second = isConvolution(first) ? onlyReader(first, readers) : undefined;
    if (!second || !movesFactors(first) || !readsOnce(first, second, readers)) continue;
    const [filters, bias] = [weights.get(first.inputs[1]!)!, hasBias(first) ? weights.get(first.inputs[2]!)! : undefined];
    const after = weights.get(second.inputs[1]!)!;
    if (filters.shape[3] !== 1 && isDepthwise(first.op)) continue;
    if (after.shape[3] !== 1 && isDepthwise(second.op)) continue;
    const channels = isDepthwise(first.op) ? filters.shape[2]! : filters.shape[3]!;
    // Filters are [rows, columns, in, out], depthwise ones [rows, columns, channels, 1].
    const written = (i: number) => i % channels;
    const outputs = isDepthwise(second.op) ? 1 : after.shape[3]!;
    const read = (i: number) => Math.floor(i / outputs) % channels;
    const factors = factorsFor(
      largest(filters, written, channels),
      largest(after, read, channels),
      isDepthwise(first.op),
      isDepthwise(second.op),
    );
    weights.set(
      first.inputs[1]!,
      scaled(filters, (v, i) => v * factors[written(i)]!),
    );
    if (bias)
      weights.set(
        first.inputs[2]!,
        scaled(bias, (v, i) => v * factors[i]!),
      );
    weights.set(
      second.inputs[1]!,
      scaled(after, (v, i) => v / factors[read(i)]!),
    );
  }
  return { ...graph, weights };
}

/** What each channel of the first convolution is multiplied by; 1 for channels that are zero on either side. */
function factorsFor(first: Float64Array, second: Float64Array, firstTakes: boolean, secondTakes: boolean): Float64Array {
  const wanted = first.map((a, c) => {
    const b = second[c]!;
    if (!(a > 0 && b > 0)) return 0;
    return firstTakes === secondTakes ? Math.sqrt(b / a) : firstTakes ? b : 1 / a;
  });
  const known = wanted.filter((factor) => factor > 0).sort();
  const middle = known[known.length >> 1] ?? 1;
  return wanted.map((factor) => (factor > 0 ? Math.min(MOST, Math.max(1 / MOST, factor / middle)) : 1));
}

/** The largest magnitude of each channel. */
function largest({ values }: Tensor, channelOf: (i: number) => number, channels: number): Float64Array {
  const most = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) most[channelOf(i)] = Math.max(most[channelOf(i)]!, Math.abs(values[i]!));
  return most;
}

function scaled({ shape, values }: Tensor, by: (value: number, i: number) => number): Tensor {
  return { shape, values: Float32Array.from(values, by) };
}

function readersOf({ nodes }: Graph): Map<string, GraphNode[]> {
  const readers = new Map<string, GraphNode[]>();
  for (const node of nodes.values()) for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node]);
  return readers;
}

/** The convolution that alone reads what a node gives, perhaps with zeros around it. */
function onlyReader(node: GraphNode, readers: ReadonlyMap<string, readonly GraphNode[]>): GraphNode | undefined {
  const [reader, ...others] = readers.get(node.name) ?? [];
  if (!reader || others.length > 0 || reader.inputs[0] !== node.name) return undefined;
  return reader.op === 'Pad' ? onlyReader(reader, readers) : isConvolution(reader) ? reader : undefined;
}

/** Whether no other node shares the weights that would change. */
function readsOnce(first: GraphNode, second: GraphNode, readers: ReadonlyMap<string, readonly GraphNode[]>): boolean {
  const changed = [first.inputs[1]!, second.inputs[1]!, ...(hasBias(first) ? [first.inputs[2]!] : [])];
  return changed.every((name) => readers.get(name)?.length === 1);
}

function movesFactors({ attributes }: GraphNode): boolean {
  return ((attributes.fused_ops ?? []) as readonly string[]).every((each) => HOMOGENEOUS.includes(each));
}

const hasBias = ({ attributes }: GraphNode) => ((attributes.fused_ops ?? []) as readonly string[]).includes('BiasAdd');
const isConvolution = (node: GraphNode) => node.op === 'Conv2D' || node.op === '_FusedConv2D' || isDepthwise(node.op);
