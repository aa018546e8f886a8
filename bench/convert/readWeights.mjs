/** @typedef {{ shape: number[], values: Float32Array }} Constant */

/** @type {Record<string, (view: DataView, at: number) => number>} */
const READERS = {
  float32: (view, at) => view.getFloat32(at, true),
  float16: (view, at) => halfToFloat(view.getUint16(at, true)),
  uint8: (view, at) => view.getUint8(at),
  uint16: (view, at) => view.getUint16(at, true),
  int32: (view, at) => view.getInt32(at, true),
};
/** @type {Record<string, number>} */
const BYTES = { float32: 4, float16: 2, uint8: 1, uint16: 2, int32: 4 };

/**
 * The constants of a TensorFlow.js weights file, as float32 whatever they are stored in.
 * @param {any[]} weightsManifest
 * @param {ArrayBuffer} bytes all shards, one after another
 * @returns {Map<string, Constant>}
 */
export function readWeights(weightsManifest, bytes) {
  const view = new DataView(bytes);
  const found = new Map();
  let at = 0;
  for (const { name, shape, dtype, quantization } of weightsManifest.flatMap((group) => group.weights)) {
    const stored = quantization?.dtype ?? dtype;
    const read = READERS[stored];
    if (!read) throw new Error(`the constant "${name}" is stored as ${stored}, which is not known here`);
    const { scale = 1, min = 0 } = quantization ?? {};
    const values = new Float32Array(shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1));
    for (let i = 0; i < values.length; i++, at += BYTES[stored]) values[i] = read(view, at) * scale + min;
    found.set(name, { shape, values });
  }
  if (at !== bytes.byteLength) throw new Error(`the weights have ${bytes.byteLength} bytes, and the manifest describes ${at}`);
  return found;
}

/** @param {number} half the bits of an IEEE 754 binary16 */
function halfToFloat(half) {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
