import type { Field, MessageWith } from './Field.js';
import { ProtobufSource } from './ProtobufSource.js';
import { readFields } from './readFields.js';

/** A kind of protobuf message, by the table of its fields: `messageType('Pair', { key: text(1), value: integer(2) })`. */
export interface MessageType<T> {
  readonly name: string;
  readonly read: (source: ProtobufSource) => T;
}

export function messageType<F extends Readonly<Record<string, unknown>>>(name: string, fields: F): MessageType<MessageWith<F>> {
  const read = readFields(new Map(Object.entries(fields as Readonly<Record<string, Field<unknown>>>)));
  return { name, read: (source) => read(source) as MessageWith<F> };
}

/**
 * A file that is one protobuf message. Bytes in it are views of the file.
 * @param format for messages: "ONNX"
 * @throws VisavisError `import-failed` that names the byte
 */
export function readProtobuf<T>(format: string, type: MessageType<T>, bytes: Uint8Array): T {
  return type.read(ProtobufSource.ofFile(format, type.name, bytes));
}
