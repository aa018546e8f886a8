/** Builds a binary format, big-endian. Texts and blocks are written after their length. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  raw(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }

  ascii(text: string): this {
    return this.raw(new TextEncoder().encode(text));
  }

  uint(value: number, bytes: 1 | 2 | 4): this {
    if (!(Number.isInteger(value) && value >= 0 && value < 2 ** (8 * bytes))) {
      throw new RangeError(`expected a whole number of at most ${bytes} bytes, got ${value}`);
    }
    return this.raw(Uint8Array.from({ length: bytes }, (_, i) => value / 2 ** (8 * (bytes - 1 - i))));
  }

  /** UTF-8 after its length in two bytes. Throws a RangeError for an empty text, and one that is too long to be read again. */
  text(text: string, maxBytes: number): this {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length === 0 || bytes.length > maxBytes)
      throw new RangeError(`expected a text of 1 to ${maxBytes} bytes, got ${bytes.length}`);
    return this.uint(bytes.length, 2).raw(bytes);
  }

  /** Bytes after their number in four bytes. */
  block(bytes: Uint8Array): this {
    return this.uint(bytes.length, 4).raw(bytes);
  }

  /** Everything so far, in one piece. */
  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
