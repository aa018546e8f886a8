import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { importFailed } from '../importFailed.js';
import { MAX_DEPTH } from '../limits.js';

/** Messages of one file: more would fill the memory with objects, and no network has so many. */
const MAX_MESSAGES = 1 << 18;
/** Bytes of one name. */
const MAX_TEXT = 1 << 16;
const UTF8 = new TextDecoder();

/**
 * The bytes of one protobuf message, read from the front. Nothing is read beyond them whatever the lengths in them say, and nothing is
 * copied but texts. Its errors are `import-failed`; those that `BinaryReader` throws become that in `readFields`.
 */
export class ProtobufSource {
  readonly #reader: BinaryReader;

  /**
   * @param format of the file, for messages: "ONNX"
   * @param message the name of the message's type
   * @param file where the file begins in the buffer, so that errors can name the byte
   */
  private constructor(
    readonly format: string,
    readonly message: string,
    private readonly bytes: Uint8Array,
    private readonly file: number,
    private readonly depth: number,
    private readonly counted: { messages: number },
  ) {
    this.#reader = new BinaryReader(bytes);
    if (depth > MAX_DEPTH) throw this.broken(`messages are nested more than ${MAX_DEPTH} deep`);
    if (++counted.messages > MAX_MESSAGES) throw this.broken(`there are more than ${MAX_MESSAGES} messages`);
  }

  static ofFile(format: string, message: string, bytes: Uint8Array): ProtobufSource {
    return new ProtobufSource(format, message, bytes, bytes.byteOffset, 0, { messages: 0 });
  }

  get ended(): boolean {
    return this.#reader.pos >= this.#reader.len;
  }

  /** What a broken file is refused with: names the byte that was read last. */
  broken(why: string, cause?: unknown): Error {
    const at = this.bytes.byteOffset - this.file + Math.min(this.#reader.pos, this.#reader.len);
    return importFailed(
      `This is not a valid ${this.format} file, or it is cut off or damaged: at byte ${at} (${this.message}) ${why}.`,
      cause,
    );
  }

  /** The next field's number and wire type. Groups, which nobody has written for twenty years, are refused. */
  tag(): [number, WireType] {
    const [number, wire] = this.#reader.tag();
    if (wire === WireType.StartGroup || wire === WireType.EndGroup) throw this.broken('there is a group, which such files do not have');
    return [number, wire];
  }

  /** @throws VisavisError `import-failed` if the field is of another kind */
  expect(wire: WireType, wanted: WireType): void {
    if (wire !== wanted) throw this.broken(`a field has the wire type ${wire} instead of ${wanted}`);
  }

  skip(wire: WireType): void {
    if (wire === WireType.LengthDelimited) this.span();
    else this.#reader.skip(wire);
  }

  /** A field that says its length: a view. */
  span(): Uint8Array {
    const length = this.#whole(BigInt(this.#reader.uint64()));
    const start = this.#reader.pos;
    const left = this.#reader.len - start;
    if (length > left) throw this.broken(`a field claims ${length} bytes, and only ${left} are left`);
    this.#reader.pos += length;
    return this.bytes.subarray(start, start + length);
  }

  text(): string {
    const bytes = this.span();
    if (bytes.length > MAX_TEXT) throw this.broken(`a name has ${bytes.length} bytes`);
    return UTF8.decode(bytes);
  }

  inner(message: string): ProtobufSource {
    return new ProtobufSource(this.format, message, this.span(), this.file, this.depth + 1, this.counted);
  }

  /** A whole number of up to 64 bits, with sign; beyond 2⁵³ the nearest that JavaScript has. */
  integer(): number {
    return this.#whole(BigInt(this.#reader.int64()));
  }

  flag(): boolean {
    return this.#checked(this.#reader.bool());
  }

  float(): number {
    return this.#reader.float();
  }

  double(): number {
    return this.#reader.double();
  }

  #whole(value: bigint): number {
    return Number(this.#checked(value));
  }

  /** `BinaryReader` takes zeros for the bytes that a number lacks. */
  #checked<T>(value: T): T {
    if (this.#reader.pos > this.#reader.len) throw this.broken('it ends within a number');
    return value;
  }
}
