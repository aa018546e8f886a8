// The part of protocol buffers that an ONNX file needs: a message is the concatenation of its fields, in any order.

/** @param {number} field @param {number | bigint} value not negative */
export function varint(field, value) {
  return Buffer.concat([key(field, 0), encode(value)]);
}

/**
 * A message, a text or bytes.
 * @param {number} field
 * @param {string | Uint8Array | Uint8Array[]} value the fields of a message, in a list
 */
export function bytes(field, value) {
  const content = typeof value === 'string' ? Buffer.from(value) : Array.isArray(value) ? Buffer.concat(value) : value;
  return Buffer.concat([key(field, 2), encode(content.byteLength), content]);
}

/** @param {number} field @param {number} wireType */
function key(field, wireType) {
  return encode((field << 3) | wireType);
}

/** @param {number | bigint} value */
function encode(value) {
  const out = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest < 128n) return Buffer.from([...out, low]);
    out.push(low | 128);
  }
}
