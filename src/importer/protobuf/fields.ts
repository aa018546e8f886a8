import { WireType } from '@bufbuild/protobuf/wire';
import type { Field } from './Field.js';
import { type MessageType, messageType } from './MessageType.js';
import { NumberList } from './NumberList.js';
import { ProtobufSource } from './ProtobufSource.js';

// The kinds of fields that messages have. Each function takes the field's number in the .proto file.

export const text = (number: number) => single(number, WireType.LengthDelimited, '', (source) => source.text());
/** int32, int64, uint32, enumerations: as JavaScript's number. */
export const integer = (number: number) => single(number, WireType.Varint, 0, (source) => source.integer());
export const flag = (number: number) => single(number, WireType.Varint, false, (source) => source.flag());
export const float = (number: number) => single(number, WireType.Bit32, 0, (source) => source.float());
/** A view of the file. */
export const bytes = (number: number) => single(number, WireType.LengthDelimited, new Uint8Array(0), (source) => source.span());
export const message = <T>(number: number, type: MessageType<T>): Field<T | undefined> =>
  single<T | undefined>(number, WireType.LengthDelimited, undefined, (source) => type.read(source.inner(type.name)));

/** Undefined where the field is not in the file, instead of zero or nothing. */
export const optional = <T>({ number, read, missing }: Field<T>): Field<T | undefined> => ({
  number,
  missing: () => undefined,
  read: (source, wire, before) => read(source, wire, before ?? missing()),
});

export const texts = (number: number) => repeated(number, (source) => source.text());
export const spans = (number: number) => repeated(number, (source) => source.span());
export const messages = <T>(number: number, type: MessageType<T>) => repeated(number, (source) => type.read(source.inner(type.name)));

export const integers = (number: number) => numbers(number, WireType.Varint, () => new NumberList((n) => new Float64Array(n)), integerOf);
export const floats = (number: number) => numbers(number, WireType.Bit32, () => new NumberList((n) => new Float32Array(n)), floatOf);
export const doubles = (number: number) => numbers(number, WireType.Bit64, () => new NumberList((n) => new Float64Array(n)), doubleOf);

/** map<string, message>. */
export function map<T>(number: number, type: MessageType<T>): Field<Map<string, T>> {
  const entry = messageType(`${type.name} by name`, { key: text(1), value: message(2, type) });
  return {
    number,
    missing: () => new Map(),
    read(source, wire, before) {
      source.expect(wire, WireType.LengthDelimited);
      const { key, value } = entry.read(source.inner(entry.name));
      if (value !== undefined) before.set(key, value);
      return before;
    },
  };
}

const integerOf = (source: ProtobufSource) => source.integer();
const floatOf = (source: ProtobufSource) => source.float();
const doubleOf = (source: ProtobufSource) => source.double();

function single<T>(number: number, wanted: WireType, missing: T, value: (source: ProtobufSource) => T): Field<T> {
  return {
    number,
    missing: () => missing,
    read(source, wire) {
      source.expect(wire, wanted);
      return value(source);
    },
  };
}

function repeated<T>(number: number, value: (source: ProtobufSource) => T): Field<T[]> {
  return {
    number,
    missing: () => [],
    read(source, wire, before) {
      source.expect(wire, WireType.LengthDelimited);
      if (before.length >= MAX_REPEATED) throw source.broken(`a list has more than ${MAX_REPEATED} entries`);
      before.push(value(source));
      return before;
    },
  };
}

/** Numbers in a row: packed, as writers do today, or each as a field of its own. */
function numbers<L extends NumberList>(
  number: number,
  unpacked: WireType,
  list: () => L,
  value: (source: ProtobufSource) => number,
): Field<L> {
  return {
    number,
    missing: list,
    read(source, wire, before) {
      if (wire !== WireType.LengthDelimited) {
        source.expect(wire, unpacked);
        before.push(value(source));
        return before;
      }
      const packed = source.inner(source.message);
      while (!packed.ended) before.push(value(packed));
      return before;
    },
  };
}

/** Entries of one list of texts or messages. */
const MAX_REPEATED = 1 << 20;
