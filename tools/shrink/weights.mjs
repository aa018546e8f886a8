// The values of a TensorFlow.js weights file, read and stored. Only integers, and doubles with + − × ÷ and Math.round: the same bytes come out on
// every machine, so that a manifest can pin them.

/**
 * @typedef {{ dtype: 'float16' | 'uint8', original_dtype?: 'float32', scale?: number, min?: number }} Quantization
 * @typedef {{ name: string, shape: number[], dtype: 'float32' | 'int32', quantization?: Quantization }} Weight
 */

/** How many ways to cut off outliers are tried for a tensor: 100 %, 98 % … 50 % of its range. */
const CUTS = 26;

/** @param {readonly number[]} shape */
export const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);

/**
 * @param {readonly Weight[]} specs
 * @param {Buffer} bytes
 * @returns {Map<string, Float32Array | Int32Array>} what TensorFlow.js makes of them, by name
 */
export function readWeights(specs, bytes) {
  const values = new Map();
  let at = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const { width, read } = reader(dtype, quantization, bytes);
    const value = dtype === 'int32' ? new Int32Array(sizeOf(shape)) : new Float32Array(sizeOf(shape));
    for (let i = 0; i < value.length; i++) value[i] = read(at + width * i);
    values.set(name, value);
    at += width * sizeOf(shape);
  }
  if (at !== bytes.length) throw new Error(`expected ${at} bytes of weights, got ${bytes.length}`);
  return values;
}

/** @param {Weight['dtype']} dtype @param {Quantization | undefined} quantization @param {Buffer} bytes */
function reader(dtype, quantization, bytes) {
  if (!quantization) {
    return { width: 4, read: (/** @type {number} */ at) => (dtype === 'int32' ? bytes.readInt32LE(at) : bytes.readFloatLE(at)) };
  }
  if (quantization.dtype === 'float16') return { width: 2, read: (/** @type {number} */ at) => fromHalf(bytes.readUInt16LE(at)) };
  const { scale = 1, min = 0 } = quantization;
  return { width: 1, read: (/** @type {number} */ at) => bytes[at] * scale + min };
}

/**
 * Stores a tensor: floats as float16, or as uint8 with a scale; integers as they are.
 * @param {string} name
 * @param {readonly number[]} shape
 * @param {Float32Array | Int32Array} values
 * @param {'uint8' | 'float16'} form
 * @returns {{ spec: Weight, bytes: Buffer }}
 */
export function storeWeight(name, shape, values, form) {
  if (values instanceof Int32Array) {
    return { spec: { name, shape: [...shape], dtype: 'int32' }, bytes: Buffer.from(values.buffer, values.byteOffset, values.byteLength) };
  }
  const { min, scale } = form === 'uint8' ? levels(values) : {};
  const bytes =
    min === undefined || scale === undefined
      ? Buffer.from(Uint16Array.from(values, toHalf).buffer)
      : Buffer.from(Uint8Array.from(values, (v) => toLevel(v, min, scale)));
  return {
    spec: { name, shape: [...shape], dtype: 'float32', quantization: { dtype: form, min, scale, original_dtype: 'float32' } },
    bytes,
  };
}

/**
 * Of 256 evenly spaced levels, those that lose least of the values (sum of squares): outliers may be cut off; 0 stays exactly 0.
 * @param {Float32Array} values
 * @returns {{ min: number, scale: number }} level n stands for min + n × scale
 */
function levels(values) {
  const lowest = values.reduce((a, b) => Math.min(a, b), 0);
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  let best = { min: 0, scale: 1, loss: Infinity };
  for (let cut = 0; cut < CUTS; cut++) {
    const keep = (100 - 2 * cut) / 100;
    const scale = ((highest - lowest) * keep) / 255 || 1;
    const min = Math.round((lowest * keep) / scale) * scale;
    let loss = 0;
    for (const v of values) {
      const error = toLevel(v, min, scale) * scale + min - v;
      loss += error * error;
    }
    if (loss < best.loss) best = { min, scale, loss };
  }
  return best;
}

/** @param {number} value @param {number} min @param {number} scale */
function toLevel(value, min, scale) {
  return Math.min(255, Math.max(0, Math.round((value - min) / scale)));
}

/** Halves are multiples of this one's inverse, the smallest half: 2²⁴. */
const UNITS = 16777216;

/** @param {number} half 16 bits */
export function fromHalf(half) {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return (sign * (exponent === 0 ? fraction : (1024 + fraction) * (1 << (exponent - 1)))) / UNITS;
}

/** The nearest half; of two equally near the larger in size. @param {number} value finite */
export function toHalf(value) {
  const units = Math.abs(value) * UNITS;
  let exponent = 1;
  while (exponent < 31 && units >= 2048 * (1 << (exponent - 1))) exponent++;
  // Exponent and fraction are one number: a fraction that rounds up to 2048 carries into the exponent by itself.
  const bits = Math.round(units / (1 << (exponent - 1))) + 1024 * (exponent - 1);
  return (value < 0 || Object.is(value, -0) ? 0x8000 : 0) | Math.min(bits, 0x7c00);
}
