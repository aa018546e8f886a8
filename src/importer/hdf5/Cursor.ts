import { importFailed } from '../importFailed.js';

/** Sizes of addresses and of lengths in bytes, which a file says of itself. */
export interface Widths {
  readonly offset: number;
  readonly length: number;
}

const utf8 = new TextDecoder();
/** Bytes of a name: many names may be ends of the same letters. */
const MAX_NAME = 1024;

/** Reads the fields of an HDF5 structure one after another, all little-endian. Nothing beyond `end` is ever read. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly widths: Widths;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, widths: Widths, at: number, end = bytes.length) {
    this.bytes = bytes;
    this.widths = widths;
    this.at = at;
    this.end = Math.min(end, bytes.length);
    if (!(at <= this.end)) throw this.damaged('a structure that is not within the file');
  }

  /** Another place of the same file. */
  seek(at: number, length?: number): Cursor {
    if (length !== undefined && !(at + length <= this.bytes.length)) throw this.damaged(`${length} bytes at ${at}, beyond the file's end`);
    return new Cursor(this.bytes, this.widths, at, length === undefined ? undefined : at + length);
  }

  get left(): number {
    return this.end - this.at;
  }

  skip(count: number): this {
    this.#need(count);
    this.at += count;
    return this;
  }

  u8(): number {
    return this.#uint(1);
  }

  u16(): number {
    return this.#uint(2);
  }

  u32(): number {
    return this.#uint(4);
  }

  u64(): number {
    return this.#uint(8);
  }

  /** An address; undefined where the file says that there is none. */
  address(): number | undefined {
    const { offset } = this.widths;
    this.#need(offset);
    const none = this.bytes.subarray(this.at, this.at + offset).every((byte) => byte === 255);
    const address = this.#uint(offset);
    return none ? undefined : address;
  }

  length(): number {
    return this.#uint(this.widths.length);
  }

  /** An unsigned integer of as many bytes. What is above 2⁵³ is only known about: no file is that long. */
  uint(size: number): number {
    return this.#uint(size);
  }

  take(count: number): Uint8Array {
    this.#need(count);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  text(count: number): string {
    return textOf(this.take(count));
  }

  /** A name: up to the next zero. */
  zeroEnded(): string {
    const length = this.bytes.subarray(this.at, Math.min(this.end, this.at + MAX_NAME + 1)).indexOf(0);
    if (length < 0 && this.left > MAX_NAME)
      throw importFailed(`The HDF5 file has a name of more than ${MAX_NAME} bytes, which no layer has (byte ${this.at}).`);
    if (length < 0) throw this.damaged('a name without an end');
    const text = this.text(length);
    this.skip(1);
    return text;
  }

  /** The four letters with which most structures begin. */
  expect(signature: string): this {
    const start = this.at;
    if (this.left < signature.length || this.text(signature.length) !== signature) {
      this.at = start;
      throw this.damaged(`no ${signature}`);
    }
    return this;
  }

  damaged(found: string): Error {
    return importFailed(`The HDF5 file is cut off or damaged: at byte ${this.at} there is ${found}.`);
  }

  #uint(size: number): number {
    this.#need(size);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.bytes[this.at + i]!;
    this.at += size;
    return value;
  }

  #need(count: number): void {
    if (!(count >= 0 && count <= this.left)) throw this.damaged(`a structure that wants ${count} more bytes, where ${this.left} are left`);
  }
}

/** A text of fixed length: what follows its first zero is filling. */
export function textOf(bytes: Uint8Array): string {
  const zero = bytes.indexOf(0);
  return utf8.decode(zero < 0 ? bytes : bytes.subarray(0, zero));
}
