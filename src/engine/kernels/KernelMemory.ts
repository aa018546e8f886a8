import { TINY_BITS } from './tiny.js';
import { UnsupportedGraph } from './UnsupportedGraph.js';

const WITHOUT_SIGN = 0x7fffffff;
const PAGE = 65_536;
/** The module's own stack lies below this; see tools/build-kernels.mjs. */
const BASE = 32_768;
/** Loads of whole vectors may reach a little beyond the last value. */
const SLACK = 64;
/** As the threaded builds declare it: 512 MB. */
const MAX_PAGES = 8192;

/** Some of the memory. */
export interface Piece {
  readonly address: number;
  readonly bytes: number;
}

export const NOTHING: Piece = { address: 0, bytes: 0 };

/** The memory of the kernels: grows as it is asked for, and is given back as a whole. */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  #top = BASE;

  constructor(shared: boolean) {
    this.memory = new WebAssembly.Memory({ initial: 64, maximum: MAX_PAGES, shared });
  }

  /**
   * The address of so many bytes, zero at first, aligned to 64.
   * @throws UnsupportedGraph if the kernels may never have as much; Error if this device does not give it
   */
  allocate(bytes: number): number {
    const at = this.#top;
    const top = at + Math.ceil(bytes / 64) * 64;
    const missing = top + SLACK - this.memory.buffer.byteLength;
    if (missing > 0) this.#grow(top + SLACK, Math.ceil(missing / PAGE));
    this.#top = top;
    return at;
  }

  /**
   * Makes a piece of memory larger: where it lies if nothing has been allocated since, otherwise elsewhere, without what was in it.
   * @throws as `allocate`
   */
  extend({ address, bytes }: Piece, wanted: number): Piece {
    if (wanted <= bytes) return { address, bytes };
    const isLast = bytes > 0 && address + Math.ceil(bytes / 64) * 64 === this.#top;
    if (!isLast) return { address: this.allocate(wanted), bytes: wanted };
    this.allocate(address + wanted - this.#top);
    return { address, bytes: wanted };
  }

  #grow(bytes: number, pages: number): void {
    const wanted = `the kernels would need ${Math.ceil(bytes / 2 ** 20)} MB of memory`;
    if (bytes > MAX_PAGES * PAGE) throw new UnsupportedGraph(`${wanted}, and may have ${(MAX_PAGES * PAGE) / 2 ** 20}`);
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new Error(`${wanted}, which this device does not give`, { cause });
    }
  }

  /** A view; valid until the next `allocate`. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  signedBytes(address: number, length: number): Int8Array {
    return new Int8Array(this.memory.buffer, address, length);
  }

  shorts(address: number, length: number): Int16Array {
    return new Int16Array(this.memory.buffer, address, length);
  }

  words(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  /** Keeps weights; what is too small to matter beside any other becomes 0. */
  store(values: Float32Array): number {
    const at = this.allocate(values.byteLength);
    this.floats(at, values.length).set(values);
    this.flush(at, values.length);
    return at;
  }

  /** Sets floats that are too small to matter to 0; by their bits, which is quicker where nothing is optimized yet. */
  flush(address: number, length: number): void {
    const bits = this.words(address, length);
    for (let i = 0; i < length; i++) if ((bits[i]! & WITHOUT_SIGN) < TINY_BITS) bits[i] = 0;
  }

  get used(): number {
    return this.#top;
  }
}
