import type { Picture, Vector } from './Value.js';

/** The result of an operation that leaves the shape as it is. @param positive whether no value of it can be below zero */
export function withNode<T extends Picture | Vector>(value: T, node: string, positive = false): T {
  if (value.kind === 'picture') return { ...value, node, positive };
  const { kind, size, shape, flattened } = value;
  return { kind, node, size, shape, ...(flattened && { flattened }) } as T;
}
