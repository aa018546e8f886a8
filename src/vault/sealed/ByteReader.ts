/** Reads what a `ByteWriter` wrote. Every method throws a RangeError where the bytes end too early or are not what is expected. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    // A plain view: what `slice` gives of a Buffer is no copy.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes were read. */
  get position(): number {
    return this.#at;
  }

  /** A copy. */
  raw(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.#bytes.length - this.#at) throw new RangeError(`expected ${length} more bytes, got ${this.#bytes.length - this.#at}`);
    const part = this.#bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }

  magic(text: string): void {
    for (let i = 0; i < text.length; i++) {
      if (this.uint(1) !== text.charCodeAt(i)) throw new RangeError(`expected the mark ${text}`);
    }
  }

  /** A number between `min` and `max`, both included. */
  uint(bytes: 1 | 2 | 4, min = 0, max = 2 ** (8 * bytes) - 1): number {
    const value = this.raw(bytes).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value < min || value > max) throw new RangeError(`expected a number from ${min} to ${max}, got ${value}`);
    return value;
  }

  text(maxBytes: number): string {
    const bytes = this.raw(this.uint(2, 1, maxBytes));
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new RangeError('expected UTF-8');
    }
  }

  block(maxBytes: number): Uint8Array<ArrayBuffer> {
    return this.raw(this.uint(4, 0, maxBytes));
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new RangeError(`expected the end, got ${this.#bytes.length - this.#at} more bytes`);
  }
}
