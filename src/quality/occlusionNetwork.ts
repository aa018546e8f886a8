import { CELLS, CHANNELS } from './occlusionInput.js';

interface Layer {
  /** [outputs, inputs] */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** Convolutions of 3 × 3 at stride 2 without padding, on maps of so many cells a side. */
const CONVOLUTIONS = [
  { side: CELLS, channels: CHANNELS, outputs: 8 },
  { side: 9, channels: 8, outputs: 24 },
] as const;
const MAP = 4 * 4 * 24;
const HIDDEN = 24;
const REGIONS = 4;

/** The network's layers, ready to compute. */
export type OcclusionNetwork = readonly Layer[];

/**
 * The hidden share of right eye, left eye, nose and mouth, 0 … 1, from `occlusionInput`. `estimate` of training/occlusion_net.py is the
 * same.
 */
export function runOcclusionNetwork(layers: OcclusionNetwork, input: Float32Array): [number, number, number, number] {
  let values = input;
  CONVOLUTIONS.forEach(({ side, channels }, i) => (values = convolve(values, side, channels, layers[i]!)));
  values = rectified(multiply(values, layers[2]!));
  const [rightEye, leftEye, nose, mouth] = multiply(values, layers[3]!);
  return [logistic(rightEye!), logistic(leftEye!), logistic(nose!), logistic(mouth!)];
}

function convolve(values: Float32Array, side: number, channels: number, layer: Layer): Float32Array {
  const outputs = layer.biases.length;
  const run = 3 * channels;
  const window = new Float32Array(3 * run);
  const out = new Float32Array(((side - 1) / 2) ** 2 * outputs);
  let at = 0;
  for (let y = 0; y <= side - 3; y += 2) {
    for (let x = 0; x <= side - 3; x += 2) {
      for (let row = 0; row < 3; row++) {
        const from = ((y + row) * side + x) * channels;
        for (let k = 0; k < run; k++) window[row * run + k] = values[from + k]!;
      }
      multiply(window, layer, out, at);
      at += outputs;
    }
  }
  return rectified(out);
}

/** A multiple of four outputs from as many inputs as `values` has, written to `out` from `to` on. */
function multiply(values: Float32Array, { weights, biases }: Layer, out = new Float32Array(biases.length), to = 0): Float32Array {
  const { length } = values;
  // Four sums at a time: an addition need not wait for the one before it.
  for (let o = 0; o < biases.length; o += 4) {
    let a = biases[o]!;
    let b = biases[o + 1]!;
    let c = biases[o + 2]!;
    let d = biases[o + 3]!;
    const from = o * length;
    for (let k = 0; k < length; k++) {
      const value = values[k]!;
      a += value * weights[from + k]!;
      b += value * weights[from + length + k]!;
      c += value * weights[from + 2 * length + k]!;
      d += value * weights[from + 3 * length + k]!;
    }
    out[to + o] = a;
    out[to + o + 1] = b;
    out[to + o + 2] = c;
    out[to + o + 3] = d;
  }
  return out;
}

function rectified(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i]!, 0);
  return values;
}

/** @param packed base64; per layer: scales and biases of its outputs as float32, then its weights as int8 */
export function readOcclusionNetwork(packed: string): OcclusionNetwork {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const read = (inputs: number, outputs: number): Layer => {
    const float = (i: number) => view.getFloat32(at + 4 * i, true);
    const scales = Array.from({ length: outputs }, (_, o) => float(o));
    const biases = Float32Array.from(scales, (_, o) => float(outputs + o));
    at += 8 * outputs;
    const weights = Float32Array.from({ length: outputs * inputs }, (_, i) => scales[Math.floor(i / inputs)]! * view.getInt8(at + i));
    at += weights.length;
    return { weights, biases };
  };
  return [...CONVOLUTIONS.map(({ channels, outputs }) => read(9 * channels, outputs)), read(MAP, HIDDEN), read(HIDDEN, REGIONS)];
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
