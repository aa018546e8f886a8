import { encodeWeight, type EncodedWeight, type WeightForm } from '../graph/encodeWeight.js';
import { decodeWeights } from '../graph/decodeWeights.js';
import type { Graph, Tensor } from '../graph/Graph.js';
import type { Quantization } from './ImportOptions.js';

/** A tensor with at least so many values is large; together these hold nearly all of a network. */
const LARGE = 2000;
/** The largest number that 16 bits hold. */
const LARGEST_HALF = 65_504;

/** A weight as it is stored, and as whoever loads it will have it. */
interface StoredWeight {
  readonly form: WeightForm;
  readonly encoded: EncodedWeight;
  readonly tensor: Tensor;
  /** What rounding changes, as a share. */
  readonly loss: number;
}

export type StoredWeights = ReadonlyMap<string, StoredWeight>;

/**
 * Stores weights, one after another: yields how many of them are done, 0 … 1.
 * @param exempt names of large tensors that are not to be stored in 8 bits
 * @param before what an earlier call gave: what is stored in the same form is taken from it
 */
export function* storeWeights(
  { weights }: Graph,
  quantize: Quantization,
  exempt: ReadonlySet<string>,
  before?: StoredWeights,
): Generator<number, StoredWeights, void> {
  const stored = new Map<string, StoredWeight>();
  for (const [name, weight] of weights) {
    const form = formOf(weight, quantize, exempt.has(name));
    const known = before?.get(name);
    stored.set(name, known?.form === form ? known : store(name, weight, form));
    yield stored.size / weights.size;
  }
  return stored;
}

function store(name: string, weight: Tensor, form: WeightForm): StoredWeight {
  const encoded = encodeWeight(name, weight, form);
  const tensor = decodeWeights([encoded.spec], encoded.bytes).get(name)!;
  return { form, encoded, tensor, loss: lossOf(weight, tensor) };
}

function formOf({ shape, values }: Tensor, quantize: Quantization, exempt: boolean): WeightForm {
  if (quantize === 'none') return 'float32';
  if (quantize === 'mixed8' && !exempt && shape.length > 1 && values.length >= LARGE) return 'uint8';
  return values.some((v: number) => Math.abs(v) > LARGEST_HALF) ? 'float32' : 'float16';
}

function lossOf({ values }: Tensor, rounded: Tensor): number {
  let [loss, all] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    loss += (values[i]! - rounded.values[i]!) ** 2;
    all += values[i]! ** 2;
  }
  return all === 0 ? 0 : loss / all;
}
