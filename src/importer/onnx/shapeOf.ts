import type { Value } from './Value.js';

/** The shape that the file believes a value has. @param batch pictures in a batch, as the file believes it */
export function shapeOf(value: Value, batch: number): readonly number[] {
  if (value.kind !== 'picture') return value.shape;
  const { channels, height, width, last } = value;
  return last ? [batch, height, width, channels] : [batch, channels, height, width];
}
