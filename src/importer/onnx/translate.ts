import { throwIfAborted } from '../../shared/abortable.js';
import { GraphBuilder } from '../GraphBuilder.js';
import { importFailed } from '../importFailed.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import type { ReadOptions } from '../ReadOptions.js';
import { Call, labelOf } from './Call.js';
import { FOLDS } from './constants/folds.js';
import { Network } from './Network.js';
import type { OnnxModel, OnnxNode } from './OnnxModel.js';
import { OPERATORS } from './operators/operators.js';
import { orderNodes } from './orderNodes.js';
import { readInput } from './readInput.js';
import { safeName } from './safeName.js';
import { shapeOf } from './shapeOf.js';
import type { Value, Vector } from './Value.js';

/** Writes a network of ONNX down in TensorFlow's terms. */
export function translate(model: OnnxModel, { inputSize, signal }: ReadOptions): ImportedGraph {
  const { name, size, last, batch } = readInput(model, inputSize);
  const builder = new GraphBuilder();
  const input = builder.placeholder(safeName(name), size);
  const network = new Network(builder, model.opset, batch);
  const values = new Map<string, Value>(model.initializers);
  values.set(name, { kind: 'picture', node: input, channels: 3, height: size, width: size, last, positive: false });
  const [result, ...others] = model.outputs;
  if (!result) throw importFailed('The network has no output.');
  for (const node of orderNodes(model, result.name)) {
    throwIfAborted(signal);
    const inputs = node.inputs.map((each) => (each === '' ? undefined : known(values, each, labelOf(node))));
    values.set(node.outputs[0]!, valueOf(node, new Call(node, inputs, network)));
  }
  if (others.length > 0) network.notes.add(`Further outputs were left out: ${others.map((other) => other.name).join(', ')}.`);
  if (batch > 1) network.notes.add(`The file is for batches of ${batch} pictures; here one is computed at a time.`);
  return {
    graph: builder.graph,
    input,
    output: embeddingOf(known(values, result.name, 'the output'), result.name, network),
    format: `ONNX (opset ${model.opset}${model.producer && `, ${model.producer}`})`,
    notes: [...network.notes],
  };
}

/** What a name stands for: of several results that a node makes only the first is computed here. */
function known(values: ReadonlyMap<string, Value>, name: string, reader: string): Value {
  const value = values.get(name);
  if (name === '' || !value)
    throw importFailed(`The tensor ${name}, which ${reader} reads, is a further result of its node, which is not supported.`);
  return value;
}

function valueOf(node: OnnxNode, call: Call): Value {
  const { op, domain, inputs } = node;
  const used = domain === '' ? inputs.findIndex((_, i) => call.inputs[i] && call.inputs[i].kind !== 'constant') : -1;
  const translator = domain !== '' ? undefined : used < 0 ? FOLDS.get(op) : OPERATORS.get(op);
  if (translator) return translator(call);
  if (domain === '' && OPERATORS.has(op)) throw call.refuse('all its inputs are constants, and the picture has to be among them');
  if (domain === '' && FOLDS.has(op))
    throw call.refuse('it is known here only where its inputs are constants, and the network computes one of them');
  throw importFailed(`The operator ${domain && `${domain}.`}${op} (node ${labelOf(node)}) is not supported.`);
}

/** The node of a result, [1, n]. */
function embeddingOf(value: Value, name: string, { batch, builder }: Network): string {
  const shape = shapeOf(value, batch);
  const vector = vectorOf(value, name, builder);
  if (!vector || vector.size < 2) throw importFailed(`The output ${name} is not an embedding vector: its shape is [${shape.join(', ')}].`);
  if (vector.flattened)
    throw importFailed(
      `The output ${name} is a flattened picture [${vector.flattened.join(', ')}], and a face recognizer ends in a vector.`,
    );
  return vector.node;
}

function vectorOf(value: Value, name: string, builder: GraphBuilder): Vector | null {
  if (value.kind === 'vector') return value;
  if (value.kind !== 'picture' || value.height * value.width !== 1) return null;
  const node = builder.reshape(safeName(name), value.node, [1, value.channels]);
  return { kind: 'vector', node, size: value.channels, shape: [1, value.channels] };
}
