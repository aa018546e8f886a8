import { importFailed } from '../importFailed.js';
import { MAX_NODES } from '../limits.js';
import { readProtobuf, type MessageType } from '../protobuf/MessageType.js';
import { type ATTRIBUTE, MODEL, type NODE, type VALUE_INFO } from './messages.js';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxValueInfo } from './OnnxModel.js';
import { readTensor } from './readTensor.js';
import type { Constant } from './Value.js';

type Read<M> = M extends MessageType<infer T> ? T : never;

/** Versions of the file format that are read: 3 is of 2017, the first to say which version the operators have. */
const IR_VERSIONS = [3, 13] as const;
/** Versions of the standard operators that are read: from 7 on they broadcast as they do today. */
const OPSETS = [7, 25] as const;

/** @throws VisavisError `import-failed` that names the byte, tensor or version */
export function parseModel(bytes: Uint8Array): OnnxModel {
  const { irVersion, producer, producerVersion, graph, operators } = readProtobuf('ONNX', MODEL, bytes);
  if (!graph) throw importFailed('This is not a valid ONNX file: it has no graph.');
  within('format (IR)', irVersion, IR_VERSIONS);
  const opset = operators.find(({ domain }) => isStandard(domain))?.version ?? 1;
  within('operators (opset)', opset, OPSETS);
  if (graph.nodes.length > MAX_NODES) throw importFailed(`The network has ${graph.nodes.length} nodes, which no face recognizer has.`);
  if (graph.sparse.length > 0) throw importFailed('The file has sparse tensors, which are not read here: export the network without them.');
  return {
    irVersion,
    opset,
    producer: `${producer} ${producerVersion}`.trim(),
    nodes: graph.nodes.map(nodeOf),
    initializers: new Map(graph.initializers.map((tensor) => [tensor.name, readTensor(tensor, tensor.name)])),
    inputs: graph.inputs.map(valueOf),
    outputs: graph.outputs.map(valueOf),
  };
}

function within(what: string, version: number, [first, last]: readonly [number, number]): void {
  if (version >= first && version <= last) return;
  const way = version > last ? 'Export the network with an older version' : 'Convert it to a newer version (onnx.version_converter)';
  throw importFailed(`The file has version ${version} of ONNX's ${what}, and versions ${first} to ${last} are read here. ${way}.`);
}

const isStandard = (domain: string) => domain === '' || domain === 'ai.onnx';

function nodeOf({ name, op, domain, inputs, outputs, attributes }: Read<typeof NODE>): OnnxNode {
  const label = name || outputs.find(Boolean) || op;
  return {
    name,
    op,
    domain: isStandard(domain) ? '' : domain,
    inputs,
    outputs,
    attributes: new Map(attributes.map((attribute) => [attribute.name, attributeOf(attribute, label)])),
  };
}

/** ONNX's numbers of the kinds of attributes. Files of IR 1 left them out. */
const KINDS: Readonly<Record<number, (attribute: Read<typeof ATTRIBUTE>, node: string) => OnnxAttribute | undefined>> = {
  1: ({ float }) => float ?? 0,
  2: ({ integer }) => integer ?? 0,
  3: ({ text }) => text ?? '',
  4: ({ tensor, name }, node) => tensor && tensorOf(tensor, node, name),
  6: ({ floats }) => Array.from(floats.values),
  7: ({ integers }) => Array.from(integers.values),
  8: ({ texts }) => texts,
};

function attributeOf(attribute: Read<typeof ATTRIBUTE>, node: string): OnnxAttribute {
  const kind = Object.hasOwn(KINDS, attribute.type) ? KINDS[attribute.type] : undefined;
  return kind?.(attribute, node) ?? null;
}

/** The tensor is called after its node where it has no name of its own. */
function tensorOf(tensor: Parameters<typeof readTensor>[0], node: string, attribute: string): Constant {
  return readTensor(tensor, `${node}/${attribute}`);
}

function valueOf({ name, type }: Read<typeof VALUE_INFO>): OnnxValueInfo {
  const dims = type?.tensor?.shape?.dims;
  if (!dims) return { name };
  return { name, shape: dims.map((dim) => dim.size ?? dim.name) };
}
