import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpret } from '../../graph/interpret.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import { compareEmbeddings } from '../compareEmbeddings.js';
import { readModelFile } from '../readModelFile.js';

const { Varint: V, LengthDelimited: L } = WireType;
const FIXTURES = join(import.meta.dirname, '../fixtures');
/** facenet's Inception-ResNet-v1, narrow and short, frozen by TensorFlow 2.15; the output is TensorFlow 2.21's. */
const bytes = new Uint8Array(readFileSync(join(FIXTURES, 'tf1-frozen-facenet-mini.pb')));
const read = (content: Uint8Array, inputSize?: number) => readModelFile({ name: 'network.pb', bytes: content }, { inputSize });

/** A node of a graph; an attribute is what an AttrValue holds. */
function node(name: string, op: string, inputs: readonly string[] = [], attributes: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const writer = new BinaryWriter().tag(1, L).string(name).tag(2, L).string(op);
  for (const input of inputs) writer.tag(3, L).string(input);
  for (const [key, value] of Object.entries(attributes)) {
    writer.tag(5, L).bytes(new BinaryWriter().tag(1, L).string(key).tag(2, L).bytes(value).finish());
  }
  return writer.finish();
}
const type = (number: number) => new BinaryWriter().tag(6, V).int32(number).finish();
const truth = (value: boolean) => tensor(10, [], new BinaryWriter().tag(11, V).bool(value).finish());
/** @param values the fields that hold them */
function tensor(kind: number, shape: readonly number[], values: Uint8Array): Uint8Array {
  const dims = new BinaryWriter();
  for (const size of shape) dims.tag(2, L).bytes(new BinaryWriter().tag(1, V).int64(size).finish());
  const all = new BinaryWriter().tag(1, V).int32(kind).tag(2, L).bytes(dims.finish()).raw(values).finish();
  return new BinaryWriter().tag(8, L).bytes(all).finish();
}
const list = (...integers: readonly number[]) => {
  const ints = integers.reduce((all, n) => all.tag(3, V).int64(n), new BinaryWriter());
  return new BinaryWriter().tag(1, L).bytes(ints.finish()).finish();
};
const float = (value: number) => ({
  dtype: type(1),
  value: tensor(1, [], new BinaryWriter().tag(5, WireType.Bit32).float(value).finish()),
});
const graph = (...nodes: readonly Uint8Array[]) => nodes.reduce((all, each) => all.tag(1, L).bytes(each), new BinaryWriter()).finish();
const input = node('input', 'Placeholder', [], { dtype: type(1) });

/** What a graph of a 1-pixel picture makes of 2, 3 and −1. */
async function run(...nodes: readonly Uint8Array[]): Promise<number[]> {
  const { graph: read1, input: from, output } = await read(graph(input, ...nodes), 1);
  const [result] = interpret(read1, { [from]: { shape: [1, 1, 1, 3], values: Float32Array.of(2, 3, -1) } }, [output]);
  return [...result.values];
}

describe('tensorflowReader', () => {
  it('gives what TensorFlow gives', async () => {
    const { graph: network, input: from, output, architecture, notes } = await read(bytes);
    const picture = { shape: [1, 160, 160, 3], values: goldenPattern(160) };
    const [embedding] = interpret(network, { [from]: picture }, [output]);
    const expected = new Float32Array(Uint8Array.from(readFileSync(join(FIXTURES, 'tf1-frozen-facenet-mini.output.bin'))).buffer);
    expect(embedding.shape).toEqual([1, 128]);
    expect(compareEmbeddings(embedding.values, expected)).toBeGreaterThanOrEqual(0.999_99);
    expect(architecture).toBe('Inception-ResNet-v1');
    expect(notes).toEqual(['The flag phase_train was read as false: the network as it is outside of training.']);
  });

  it('says how many parts are put side by side, of which TensorFlow.js would take two', async () => {
    const axis = node('axis', 'Const', [], { dtype: type(3), value: tensor(3, [], new BinaryWriter().tag(7, V).int32(3).finish()) });
    const joined = node('embeddings', 'ConcatV2', ['input', 'a', 'b', 'axis']);
    const imported = await read(graph(input, node('a', 'Relu', ['input']), node('b', 'Neg', ['input']), axis, joined), 1);
    expect(imported.graph.nodes.get('embeddings')!.attributes).toMatchObject({ N: 3 });
  });

  it('follows what is computed outside of training, in whatever order a Merge lists its inputs', async () => {
    const conditional = (flag: Uint8Array, merged: readonly string[]) => [
      flag,
      node('two', 'Const', [], float(2)),
      node('switch', 'Switch', ['input', 'flag']),
      node('trained', 'Mul', ['switch:1', 'two']),
      node('used', 'Neg', ['switch']),
      node('embeddings', 'Merge', merged),
    ];
    const placeholder = node('flag', 'Placeholder', [], { dtype: type(10) });
    const always = node('flag', 'Const', [], { dtype: type(10), value: truth(true) });
    expect(await run(...conditional(placeholder, ['used', 'trained']))).toEqual([-2, -3, 1]);
    expect(await run(...conditional(placeholder, ['trained', 'used']))).toEqual([-2, -3, 1]);
    expect(await run(...conditional(always, ['used', 'trained']))).toEqual([4, 6, -2]);
  });

  it('knows a constant of a branch by what must have run before it', async () => {
    const nodes = (first: string, second: string) => [
      node('phase_train', 'Placeholder', [], { dtype: type(10) }),
      node('switch', 'Switch', ['phase_train', 'phase_train']),
      node('off', 'Identity', ['switch']),
      node('on', 'Identity', ['switch:1']),
      node('train', 'Const', ['^on'], float(7)),
      node('use', 'Const', ['^off'], float(5)),
      node('merge', 'Merge', [first, second]),
      node('embeddings', 'Mul', ['input', 'merge']),
    ];
    expect(await run(...nodes('train', 'use'))).toEqual([10, 15, -5]);
    expect(await run(...nodes('use', 'train'))).toEqual([10, 15, -5]);
  });

  const mul = node('embeddings', 'Mul', ['input', 'w']);
  const fat = tensor(1, [2 ** 13, 2 ** 13], new BinaryWriter().tag(5, WireType.Bit32).float(1).finish());
  it.each([
    [
      'a cycle',
      [node('a', 'AddV2', ['input', 'b']), node('b', 'Relu', ['a']), node('embeddings', 'Relu', ['b'])],
      'a cycle: a is fed by b',
    ],
    ['a missing node', [node('embeddings', 'Relu', ['nosuch'])], 'The node nosuch, an input of embeddings, does not exist'],
    [
      'an operator',
      [node('rnn', 'LSTMBlockCell', ['input']), node('embeddings', 'Relu', ['rnn'])],
      'LSTMBlockCell (node rnn) is not supported',
    ],
    ['a variable', [node('w', 'VariableV2'), mul], 'not frozen: the variable w has no value'],
    ['a constant that is filled', [node('w', 'Const', [], { value: fat }), mul], 'The constant w is too large'],
    ['two inputs', [node('w', 'Placeholder', [], { dtype: type(1) }), mul], 'reads both input and w'],
    ['two outputs', [node('a', 'Relu', ['input']), node('b', 'Neg', ['input'])], 'has 2 outputs (b, a)'],
    ['a loop', [node('a', 'Merge', ['input', 'b']), node('b', 'Identity', ['a']), node('embeddings', 'Relu', ['b'])], undefined],
    [
      'a window over channels',
      [node('embeddings', 'MaxPool', ['input'], { ksize: list(1, 1, 1, 3), strides: list(1, 1, 1, 3) })],
      'The node embeddings (MaxPool) has the strides [1, 1, 1, 3]: windows move over rows and columns only',
    ],
    ['a result that is not there', [node('embeddings', 'Relu', ['input:1'])], 'reads result 1 of input'],
  ])('refuses %s', async (_, nodes, sentence) => {
    const result = run(...nodes);
    if (sentence === undefined) await expect(result).resolves.toEqual([2, 3, 0]);
    else await expect(result).rejects.toThrow(sentence);
  });

  it('asks for the size of the picture where nothing tells it', async () => {
    await expect(read(graph(input, node('embeddings', 'Relu', ['input'])))).rejects.toThrow('--input-size');
  });
});
