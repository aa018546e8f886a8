import { expect, it } from 'vitest';
import { KernelMemory, NOTHING } from './KernelMemory.js';

it('keeps weights as they are, but for those too small to matter', () => {
  const memory = new KernelMemory(false);
  const values = Float32Array.of(1, -2e-18, NaN, Infinity, 1e-39, -3e-38, 8e-19);
  expect([...memory.floats(memory.store(values), values.length)]).toEqual([...values.subarray(0, 4), 0, 0, 0]);
});

it('extends the last piece where it lies, and finds another place for any other', () => {
  const memory = new KernelMemory(false);
  const first = memory.extend(NOTHING, 100);
  expect(memory.extend(first, 90)).toEqual(first);
  expect(memory.extend(first, 110)).toEqual({ ...first, bytes: 110 });
  const larger = memory.extend(first, 1000);
  expect(larger).toEqual({ ...first, bytes: 1000 });
  expect(memory.used - larger.address).toBe(1024);
  const next = memory.allocate(8);
  const moved = memory.extend(larger, 1025);
  expect(moved.address).toBeGreaterThan(next);
  expect(memory.used - moved.address).toBe(1088);
  // Beyond what is there, too.
  const large = memory.extend(moved, 8 * 2 ** 20);
  expect(large.address).toBe(moved.address);
  expect(memory.bytes(large.address, large.bytes)).toHaveLength(8 * 2 ** 20);
});
