import type { WireType } from '@bufbuild/protobuf/wire';
import type { ProtobufSource } from './ProtobufSource.js';

/** One field of a message's type: its number, and how its value comes about. */
export interface Field<T> {
  readonly number: number;
  /** The value of a field that is not in the file. */
  readonly missing: () => T;
  /** Called each time that the field occurs. @param before the value so far */
  readonly read: (source: ProtobufSource, wire: WireType, before: T) => T;
}

/** What reading a message with such fields gives. */
export type MessageWith<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };
