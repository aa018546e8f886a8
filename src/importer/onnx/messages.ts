import { bytes, doubles, float, floats, integer, integers, message, messages, optional, spans, text, texts } from '../protobuf/fields.js';
import { messageType } from '../protobuf/MessageType.js';

// What is read of ONNX's messages, by the numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Functions, subgraphs and sparse
// tensors are only noticed.

const ENTRY = messageType('StringStringEntryProto', { key: text(1), value: text(2) });

export const TENSOR = messageType('TensorProto', {
  dims: integers(1),
  type: integer(2),
  floats: floats(4),
  /** Also float16, bfloat16, flags and small integers. */
  integers: integers(5),
  longs: integers(7),
  name: text(8),
  raw: optional(bytes(9)),
  doubles: doubles(10),
  external: messages(13, ENTRY),
  /** 1: the data is in another file. */
  location: integer(14),
});

export const ATTRIBUTE = messageType('AttributeProto', {
  name: text(1),
  float: optional(float(2)),
  integer: optional(integer(3)),
  text: optional(text(4)),
  tensor: message(5, TENSOR),
  floats: floats(7),
  integers: integers(8),
  texts: texts(9),
  type: integer(20),
});

export const NODE = messageType('NodeProto', {
  inputs: texts(1),
  outputs: texts(2),
  name: text(3),
  op: text(4),
  attributes: messages(5, ATTRIBUTE),
  domain: text(7),
});

const DIMENSION = messageType('Dimension', { size: optional(integer(1)), name: text(2) });
const SHAPE = messageType('TensorShapeProto', { dims: messages(1, DIMENSION) });
const TENSOR_TYPE = messageType('TypeProto.Tensor', { shape: message(2, SHAPE) });
const TYPE = messageType('TypeProto', { tensor: message(1, TENSOR_TYPE) });
export const VALUE_INFO = messageType('ValueInfoProto', { name: text(1), type: message(2, TYPE) });

const GRAPH = messageType('GraphProto', {
  nodes: messages(1, NODE),
  initializers: messages(5, TENSOR),
  inputs: messages(11, VALUE_INFO),
  outputs: messages(12, VALUE_INFO),
  sparse: spans(15),
});

const OPERATORS = messageType('OperatorSetIdProto', { domain: text(1), version: integer(2) });

export const MODEL = messageType('ModelProto', {
  irVersion: integer(1),
  producer: text(2),
  producerVersion: text(3),
  graph: message(7, GRAPH),
  operators: messages(8, OPERATORS),
});
