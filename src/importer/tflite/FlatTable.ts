import { importFailed } from '../importFailed.js';

const UTF8 = new TextDecoder();
/** Bytes of a name that are shown. */
const MAX_TEXT = 512;

/**
 * A table of a FlatBuffers file (https://flatbuffers.dev/internals): its fields, by the numbers that they have in the schema. Every offset
 * and length is held against the file before anything is read, and lengths against what the caller expects at most, since many tables may
 * point at the same bytes.
 */
export class FlatTable {
  private constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {
    this.#within(at, 4);
  }

  /** The table that a file is. @throws VisavisError `import-failed`, as every method does, that names the byte */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length < 8) throw broken(0, 'there is no more');
    return new FlatTable(view, view.getUint32(0, true));
  }

  int8(field: number, missing = 0): number {
    const at = this.#find(field, 1);
    return at === undefined ? missing : this.view.getInt8(at);
  }

  uint8(field: number, missing = 0): number {
    const at = this.#find(field, 1);
    return at === undefined ? missing : this.view.getUint8(at);
  }

  int32(field: number, missing = 0): number {
    const at = this.#find(field, 4);
    return at === undefined ? missing : this.view.getInt32(at, true);
  }

  uint32(field: number, missing = 0): number {
    const at = this.#find(field, 4);
    return at === undefined ? missing : this.view.getUint32(at, true);
  }

  float(field: number, missing = 0): number {
    const at = this.#find(field, 4);
    return at === undefined ? missing : this.view.getFloat32(at, true);
  }

  has(field: number): boolean {
    return this.#find(field, 1) !== undefined;
  }

  /** Its first part, if it is long. */
  text(field: number): string {
    const bytes = this.bytes(field);
    return bytes ? UTF8.decode(bytes.subarray(0, MAX_TEXT)) : '';
  }

  /** A view of the file. */
  bytes(field: number): Uint8Array | undefined {
    const vector = this.#vector(field, 1, Infinity);
    return vector && new Uint8Array(this.view.buffer, this.view.byteOffset + vector.at, vector.length);
  }

  /** @param most so many are expected */
  int32s(field: number, most: number): number[] | undefined {
    const vector = this.#vector(field, 4, most);
    return vector && Array.from({ length: vector.length }, (_, i) => this.view.getInt32(vector.at + 4 * i, true));
  }

  table(field: number): FlatTable | undefined {
    const at = this.#find(field, 4);
    return at === undefined ? undefined : this.#behind(at);
  }

  /** @param most so many are expected */
  tables(field: number, most: number): FlatTable[] {
    const vector = this.#vector(field, 4, most);
    return Array.from({ length: vector?.length ?? 0 }, (_, i) => this.#behind(vector!.at + 4 * i));
  }

  #behind(at: number): FlatTable {
    return new FlatTable(this.view, at + this.view.getUint32(at, true));
  }

  #vector(field: number, size: number, most: number): { at: number; length: number } | undefined {
    const from = this.#find(field, 4);
    if (from === undefined) return undefined;
    const at = this.#within(from + this.view.getUint32(from, true), 4);
    const length = this.view.getUint32(at, true);
    this.#within(at + 4, length * size);
    if (length > most) throw broken(at, `a list has ${length} entries, and at most ${most} are expected`);
    return { at: at + 4, length };
  }

  /** Where the field is; undefined if it has the value that the schema says. */
  #find(field: number, size: number): number | undefined {
    const schema = this.#within(this.at - this.view.getInt32(this.at, true), 4);
    const length = this.view.getUint16(schema, true);
    const entry = 4 + 2 * field;
    if (entry + 2 > length) return undefined;
    const offset = this.view.getUint16(this.#within(schema + entry, 2), true);
    return offset === 0 ? undefined : this.#within(this.at + offset, size);
  }

  #within(at: number, size: number): number {
    if (!(at >= 0 && at + size <= this.view.byteLength)) throw broken(at, `${size} bytes are asked for`);
    return at;
  }
}

function broken(at: number, why: string): Error {
  return importFailed(`This is not a valid TensorFlow Lite file, or it is cut off or damaged: at byte ${at} ${why}.`);
}
