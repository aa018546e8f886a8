// The part of FlatBuffers that a LiteRT model needs. Written front to back: whatever refers to something comes before it, and every table
// has its own field map ("vtable").

/** @typedef {{ size: number, write: (buffer: FlatBuffer, at: number) => void }} Field a scalar, or a reference to what is written later */

class FlatBuffer {
  #bytes = Buffer.alloc(1 << 20);
  length = 0;

  /** Reserves `size` bytes at a multiple of `alignment`; returns their position. @param {number} size @param {number} [alignment] */
  allocate(size, alignment = 4) {
    const at = Math.ceil(this.length / alignment) * alignment;
    this.length = at + size;
    while (this.length > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    return at;
  }

  get bytes() {
    return this.#bytes;
  }

  finish() {
    return Buffer.from(this.#bytes.subarray(0, this.length));
  }
}

/** @param {number} value @returns {Field} */
export function int32(value) {
  return { size: 4, write: (buffer, at) => void buffer.bytes.writeInt32LE(value, at) };
}

/** @param {number} value @returns {Field} */
export function byte(value) {
  return { size: 1, write: (buffer, at) => void buffer.bytes.writeUInt8(value, at) };
}

/**
 * @param {Record<number, Field>} fields by their number in the schema
 * @returns {Field}
 */
export function table(fields) {
  return reference((buffer) => {
    // The largest first, each at a multiple of its size after the reference to the field map.
    const entries = Object.entries(fields).sort(([, a], [, b]) => b.size - a.size);
    const slots = Math.max(-1, ...Object.keys(fields).map(Number)) + 1;
    const map = buffer.allocate(4 + 2 * slots, 2);
    const size = entries.reduce((sum, [, field]) => sum + field.size, 4);
    const start = buffer.allocate(size);
    buffer.bytes.writeUInt16LE(4 + 2 * slots, map);
    buffer.bytes.writeUInt16LE(size, map + 2);
    buffer.bytes.writeInt32LE(start - map, start);
    let at = start + 4;
    for (const [number, field] of entries) {
      buffer.bytes.writeUInt16LE(at - start, map + 4 + 2 * Number(number));
      field.write(buffer, at);
      at += field.size;
    }
    return start;
  });
}

/** @param {Field[]} fields all of one kind @returns {Field} */
export function vector(fields) {
  return reference((buffer) => {
    const size = fields[0]?.size ?? 4;
    const start = buffer.allocate(4 + size * fields.length);
    buffer.bytes.writeUInt32LE(fields.length, start);
    fields.forEach((field, i) => field.write(buffer, start + 4 + size * i));
    return start;
  });
}

/**
 * Numbers at a multiple of 16 bytes, as weights must be.
 * @param {Uint8Array} content
 * @param {number} [length] how many numbers these are
 * @returns {Field}
 */
export function blob(content, length = content.byteLength) {
  return reference((buffer) => {
    // The length takes the 4 bytes before them, so it starts 12 bytes after a multiple of 16.
    const start = buffer.allocate(16 + content.byteLength, 16) + 12;
    buffer.bytes.writeUInt32LE(length, start);
    buffer.bytes.set(content, start + 4);
    return start;
  });
}

/** @param {string} value @returns {Field} */
export function text(value) {
  return reference((buffer) => {
    const content = Buffer.from(`${value}\0`);
    const start = buffer.allocate(4 + content.length);
    buffer.bytes.writeUInt32LE(content.length - 1, start);
    buffer.bytes.set(content, start + 4);
    return start;
  });
}

/**
 * @param {Field} root a table
 * @param {string} identifier four characters
 */
export function flatbuffer(root, identifier) {
  const buffer = new FlatBuffer();
  const start = buffer.allocate(8);
  buffer.bytes.write(identifier, start + 4, 'latin1');
  root.write(buffer, start);
  return buffer.finish();
}

/** A field that holds the distance to what `place` writes. @param {(buffer: FlatBuffer) => number} place @returns {Field} */
function reference(place) {
  return {
    size: 4,
    write(buffer, at) {
      const start = place(buffer);
      buffer.bytes.writeUInt32LE(start - at, at);
    },
  };
}
