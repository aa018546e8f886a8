import { describe, expect, it } from 'vitest';
import { processorClock } from '../fixtures/processorClock.js';
import { decodeTensor } from './decodeTensor.js';
import type { StorageReference, TensorReference } from './TensorReference.js';

const numbers = Float32Array.from({ length: 24 }, (_, i) => i);
const floats: StorageReference = { key: '0', kind: 'float32', bytesEach: 4, count: 24, start: 0 };
const storages = (key: string) => (key === '0' ? new Uint8Array(numbers.buffer) : undefined);
const decode = (reference: Partial<TensorReference>) =>
  decodeTensor('w', { storage: floats, offset: 0, size: [2, 3], stride: [3, 1], ...reference }, storages);

describe('decodeTensor', () => {
  it('gives a view where values lie one after another, whatever the stride of an axis of size 1', () => {
    const { shape, values } = decode({ offset: 6, size: [2, 1, 3], stride: [3, 99, 1] });
    expect(shape).toEqual([2, 1, 3]);
    expect([...values]).toEqual([6, 7, 8, 9, 10, 11]);
    expect(values.buffer).toBe(numbers.buffer);
  });

  it('gathers what strides name: transposed, every other one, repeated', () => {
    expect([...decode({ size: [3, 2], stride: [1, 3] }).values]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([...decode({ size: [4], stride: [6], offset: 1 }).values]).toEqual([1, 7, 13, 19]);
    expect([...decode({ size: [2, 2], stride: [0, 1] }).values]).toEqual([0, 1, 0, 1]);
    expect([...decode({ size: [], stride: [], offset: 5 }).values]).toEqual([5]);
    expect(decode({ size: [0, 3] }).values).toHaveLength(0);
  });

  it('decodes no more than what strides name', () => {
    const count = 1 << 24;
    const storage: StorageReference = { key: '0', kind: 'float16', bytesEach: 2, count, start: 0 };
    const bytes = new Uint8Array(2 * count);
    bytes.set([0x00, 0xc0], 2 * count - 2);
    const spent = processorClock();
    for (let n = 0; n < 100; n++) {
      const { values } = decodeTensor('w', { storage, offset: 0, size: [2], stride: [count - 1] }, () => bytes);
      expect([...values]).toEqual([0, -2]);
    }
    // All of it would take minutes; two values, and what the heap does meanwhile, next to nothing.
    expect(spent()).toBeLessThan(2000);
  });

  it('takes a part of a block', () => {
    const storage = { ...floats, start: 4, count: 6 };
    expect([...decode({ storage, offset: 0 }).values]).toEqual([4, 5, 6, 7, 8, 9]);
    expect(() => decode({ storage, offset: 1 })).toThrow(/w reaches past its storage: its last value is number 6 of 6/);
  });

  it('reads doubles, halves and bfloat16, also from odd bytes', () => {
    const as = (kind: 'float16' | 'bfloat16' | 'float64', bytes: number[]) => {
      const bytesEach = kind === 'float64' ? 8 : 2;
      const storage: StorageReference = { key: '0', kind, bytesEach, count: bytes.length / bytesEach, start: 0 };
      const odd = Uint8Array.of(0, ...bytes).subarray(1);
      return [...decodeTensor('w', { storage, offset: 0, size: [storage.count], stride: [1] }, () => odd).values];
    };
    expect(as('float16', [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00])).toEqual([1, -2, 2 ** -24]);
    expect(as('bfloat16', [0x80, 0x3f, 0x00, 0xc0])).toEqual([1, -2]);
    expect(as('float64', [0, 0, 0, 0, 0, 0, 0xf0, 0x3f])).toEqual([1]);
  });

  it.each([
    ['data that is missing', { storage: { ...floats, key: '7' } }, /data of tensor w \(data\/7\) is missing/],
    ['data that is cut off', { storage: { ...floats, count: 99 }, offset: 80 }, /data\/0\) is cut off: 96 bytes are there, 396 are wanted/],
    ['a place past the storage', { offset: 19 }, /reaches past its storage: its last value is number 24 of 24/],
    ['a negative stride', { stride: [-3, 1] }, /w has a negative stride: \[-3, 1\]/],
    ['a negative offset', { offset: -1 }, /w has a broken place/],
    ['an offset that is no number', { offset: NaN }, /w has a broken place/],
    ['another number of strides', { stride: [1] }, /w has 2 axes and 1 strides/],
    ['a shape that is no shape', { size: [2, -3] }, /w has the shape \[2, -3\], with a negative or broken dimension/],
    ['more values than there are', { size: [1 << 20, 1 << 20], stride: [0, 0] }, /w is too large/],
    ['values repeated to fill memory', { size: [1 << 10, 1 << 10], stride: [0, 0] }, /w is too large: 1048576 values made of the 24/],
    ['whole numbers', { storage: { ...floats, kind: undefined } }, /w has whole numbers/],
  ] as const)('refuses %s', (_what, reference, message) => {
    expect(() => decode(reference)).toThrow(message);
  });
});
