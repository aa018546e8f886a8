import { expect, it } from 'vitest';
import { KernelMemory } from './KernelMemory.js';

it('keeps weights as they are, but for those too small to matter', () => {
  const memory = new KernelMemory(false);
  const values = Float32Array.of(1, -2e-18, NaN, Infinity, 1e-39, -3e-38, 8e-19);
  expect([...memory.floats(memory.store(values), values.length)]).toEqual([...values.subarray(0, 4), 0, 0, 0]);
});
