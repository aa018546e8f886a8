import { MAX_AXES } from '../limits.js';
import type { LiteCall } from './LiteCall.js';

/** The shape stands in a second input, in the options, or only in the result's tensor. Of a batch of several pictures one is kept. */
export function reshapeLite(call: LiteCall): string {
  const result = call.result().shape;
  const wanted = call.count > 1 ? call.constant(1)?.values : (call.options?.int32s(0, MAX_AXES) ?? undefined);
  const shape = Array.from(wanted ?? result);
  const [batch = 1] = call.tensor(0).shape;
  // The batch of the file, as the converter fixed it.
  if (batch > 1 && shape[0] === batch && (result[0] ?? batch) === batch) shape[0] = 1;
  return call.builder.reshape(call.name, call.input(0), shape);
}
