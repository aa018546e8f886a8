import type { FileReader } from '../FileReader.js';
import { GraphBuilder } from '../GraphBuilder.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import { MAX_INPUT_SIZE } from '../limits.js';
import type { ModelFile } from '../ModelFile.js';
import type { ReadOptions } from '../ReadOptions.js';
import { ConstantDecoder, quantized } from './ConstantDecoder.js';
import { LiteCall } from './LiteCall.js';
import { LiteGraph } from './LiteGraph.js';
import { LiteModel, type LiteTensor } from './LiteModel.js';
import { LITE_OPERATORS } from './liteOperators.js';
import { orderOperators } from './orderOperators.js';

/** TensorFlow Lite's files, with weights in float32 or float16. */
export const tfliteReader: FileReader = {
  name: 'TensorFlow Lite',
  matches: ({ name, bytes }) => /\.tflite$/i.test(name) || String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3',
  read: (file, options) => Promise.resolve().then(() => read(file, options)),
};

function read({ bytes }: ModelFile, options: ReadOptions): ImportedGraph {
  const model = new LiteModel(bytes);
  const graph = new LiteGraph(model);
  const input = only('input', model.inputs, graph);
  const output = only('output', model.outputs, graph);
  const size = sizeOf(input, options);
  const builder = new GraphBuilder();
  const decoder = new ConstantDecoder(bytes.length);
  const names = new Map([[input.index, builder.placeholder(input.name, size)]]);
  for (const operator of orderOperators(graph, input.index, output.index)) {
    const result = graph.result(operator);
    const write = Object.hasOwn(LITE_OPERATORS, operator.op) ? LITE_OPERATORS[operator.op] : undefined;
    // Of a quantized network every tensor says so: better than to name an operator that only such networks have.
    if (result.type !== 'FLOAT32') throw quantized(result.name, result.type);
    if (!write) throw importFailed(`The operator ${operator.op} (${result.name}) is not supported.`);
    names.set(result.index, write(new LiteCall(operator, builder, graph, decoder, names)));
  }
  const [batch = 1] = input.shape;
  const notes = batch > 1 ? [`The file takes ${batch} pictures at a time; it was read as a network for one.`] : [];
  return { graph: builder.graph, input: names.get(input.index)!, output: names.get(output.index)!, format: tfliteReader.name, notes };
}

function only(which: 'input' | 'output', indices: readonly number[], graph: LiteGraph): LiteTensor {
  const [index, ...others] = indices;
  if (index === undefined) throw importFailed(`The network has no ${which}.`);
  if (others.length === 0) return graph.tensor(index);
  const names = indices.slice(0, 8).map((each) => graph.tensor(each).name);
  throw importFailed(`The network has ${indices.length} ${which}s (${names.join(', ')}), and one is expected.`);
}

/** Side of the picture, pixels. */
function sizeOf({ name, shape, signature = [], type }: LiteTensor, { inputSize }: ReadOptions): number {
  const [, height = 0, width = 0, channels] = shape;
  if (type !== 'FLOAT32') throw quantized(name, type);
  if (shape.length !== 4 || channels !== 3 || height !== width || height < 1 || height > MAX_INPUT_SIZE) {
    throw importFailed(`The input ${name} has the shape [${shape.join(', ')}]: pictures as [1, size, size, 3] are expected.`);
  }
  const any = signature[1] === -1 && signature[2] === -1;
  if (any && inputSize !== undefined) return inputSize;
  if (any && height === 1)
    throw importFailed(`The input ${name} has the shape [${signature.join(', ')}]: give the size of the picture (--input-size).`);
  if (inputSize !== undefined && inputSize !== height) {
    throw importFailed(`The input ${name} has the shape [${shape.join(', ')}], and an input size of ${inputSize} was asked for.`);
  }
  return height;
}
