import type { Call } from '../Call.js';
import type { Value } from '../Value.js';
import { shapeOf } from '../shapeOf.js';

/** Between channels first and channels last, which is a matter of words here; and of vectors, which have one axis only. */
export function transpose(call: Call): Value {
  const value = call.input(0);
  const shape = shapeOf(value, call.network.batch);
  const order = call.attributes.integers('perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
  const text = order.join();
  if (text === shape.map((_, axis) => axis).join()) return value;
  const [sorted, all] = [[...order].sort((a, b) => a - b).join(), shape.map((_, axis) => axis).join()];
  if (sorted !== all) throw call.refuse(`it orders [${shape.join(', ')}] by [${text}]`);
  if (value.kind === 'picture') {
    if (text === (value.last ? '0,3,1,2' : '0,2,3,1')) return { ...value, last: !value.last };
  } else if (order[0] === 0) {
    return { ...value, shape: order.map((axis) => shape[axis]!) };
  }
  throw call.refuse(`it orders the axes of [${shape.join(', ')}] by [${text}], and pictures have channels first or last`);
}
