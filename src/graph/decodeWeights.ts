import { corrupt } from './corrupt.js';
import { decodeHalves } from './decodeHalves.js';
import type { Grid, Spacing, Tensor } from './Graph.js';
import { floatsOfLevels } from './floatsOfLevels.js';
import type { WeightSpec } from './ModelJson.js';
import { sizeOf } from './sizeOf.js';

/** Bytes per value, by storage type. */
const WIDTHS: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 };
const QUANTIZED = ['float16', 'uint16', 'uint8'];

/**
 * Reads the weights that a model.json describes, by name: floats as float32 no matter how they are stored, integers and flags as such.
 * @param bytes all weight files, one after another
 * @throws VisavisError `model-corrupt`, naming the weight: if there are fewer or more bytes than described, if a name occurs twice, or if
 *   values are stored in an unknown way
 */
export function decodeWeights(specs: readonly WeightSpec[], bytes: Uint8Array): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  let at = 0;
  for (const spec of specs) {
    const { name, shape } = spec;
    if (weights.has(name)) throw corrupt(`there are two weights "${name}"`);
    const end = at + sizeOf(shape) * widthOf(spec);
    if (!(end <= bytes.length)) throw corrupt(`the weight "${name}" ends at byte ${end}, and there are ${bytes.length}`);
    const stored = new Uint8Array(bytes.buffer, bytes.byteOffset + at, end - at);
    const spacing = spacingOf(spec);
    // A copy, since multi-byte values may begin at any byte of the file, but not of memory.
    const copied = () => new Uint8Array(stored);
    // Levels are as large as the file, and may be read in pairs.
    if (spacing) weights.set(name, lazily(shape, { ...spacing, levels: stored.byteOffset % 2 ? copied() : stored }));
    else weights.set(name, { shape, values: decode(copied().buffer, spec) });
    at = end;
  }
  // Whatever the rest is, these are not the weights that are described.
  if (at !== bytes.length) throw corrupt(`its weights have ${at} bytes, and there are ${bytes.length}`);
  return weights;
}

function spacingOf({ dtype, quantization }: WeightSpec): Spacing | null {
  const { scale = 1, min = 0 } = quantization ?? {};
  return dtype === 'float32' && quantization?.dtype === 'uint8' ? { min, scale } : null;
}

/** What multiplies integers may never ask for the floats, of which a start would wait for millions. */
function lazily(shape: readonly number[], grid: Grid): Tensor {
  let values: Float32Array | undefined;
  return {
    shape,
    grid,
    get values() {
      return (values ??= floatsOfLevels(grid));
    },
  };
}

function widthOf({ name, dtype, quantization }: WeightSpec): number {
  const stored = quantization?.dtype ?? dtype;
  const width = WIDTHS[stored];
  if (!width || (quantization && !QUANTIZED.includes(stored))) {
    throw corrupt(`the weight "${name}" is stored as ${stored}, which is not known here`);
  }
  if (quantization && dtype !== 'float32' && !(dtype === 'int32' && stored !== 'float16')) {
    throw corrupt(`the weight "${name}" of type ${dtype} is stored as ${stored}`);
  }
  return width;
}

function decode(bytes: ArrayBuffer, { dtype, quantization }: WeightSpec): Tensor['values'] {
  const { scale = 1, min = 0 } = quantization ?? {};
  const rounded = (level: number) => Math.round(level * scale + min);
  switch (quantization?.dtype ?? dtype) {
    case 'float32':
      return new Float32Array(bytes);
    case 'int32':
      return new Int32Array(bytes);
    case 'bool':
      return new Uint8Array(bytes);
    case 'float16':
      return decodeHalves(new Uint16Array(bytes));
    case 'uint16':
      return dtype === 'int32' ? Int32Array.from(new Uint16Array(bytes), rounded) : levels(new Uint16Array(bytes), scale, min);
    default:
      return Int32Array.from(new Uint8Array(bytes), rounded);
  }
}

// A loop over arrays of one type: with the value as a callback it would take five times as long, and `Float32Array.from` ten times as long
// as that.
function levels(stored: Uint16Array, scale: number, min: number): Float32Array {
  const out = new Float32Array(stored.length);
  for (let i = 0; i < out.length; i++) out[i] = stored[i]! * scale + min;
  return out;
}
