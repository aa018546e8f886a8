import {
  bytes,
  doubles,
  flag,
  float,
  floats,
  integer,
  integers,
  map,
  message,
  messages,
  optional,
  text,
  texts,
} from '../protobuf/fields.js';
import { messageType } from '../protobuf/MessageType.js';

// What is read of TensorFlow's messages: graph.proto, node_def.proto, attr_value.proto, tensor.proto and tensor_shape.proto of
// tensorflow/core/framework.

const DIMENSION = messageType('TensorShapeProto.Dim', { size: integer(1) });
const SHAPE = messageType('TensorShapeProto', { dim: messages(2, DIMENSION), unknownRank: flag(3) });
const TENSOR = messageType('TensorProto', {
  type: integer(1),
  shape: message(2, SHAPE),
  content: bytes(4),
  floats: floats(5),
  doubles: doubles(6),
  ints: integers(7),
  int64s: integers(10),
  flags: integers(11),
  halves: integers(13),
});
const LIST = messageType('AttrValue.ListValue', { ints: integers(3), shapes: messages(7, SHAPE) });
const ATTRIBUTE = messageType('AttrValue', {
  list: message(1, LIST),
  text: optional(bytes(2)),
  int: optional(integer(3)),
  float: optional(float(4)),
  flag: optional(flag(5)),
  type: optional(integer(6)),
  shape: message(7, SHAPE),
  tensor: message(8, TENSOR),
});
const NODE = messageType('NodeDef', { name: text(1), op: text(2), inputs: texts(3), attributes: map(5, ATTRIBUTE) });

/** A whole file. */
export const GRAPH = messageType('GraphDef', { nodes: messages(1, NODE) });

type Read<T> = T extends { readonly read: (source: never) => infer M } ? M : never;
export type TfNode = Read<typeof NODE>;
export type TfTensor = Read<typeof TENSOR>;
export type TfShape = Read<typeof SHAPE>;

/** Numbers of types (types.proto). */
export const FLOAT = 1;
export const BOOL = 10;
