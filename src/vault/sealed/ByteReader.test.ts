import { expect, it } from 'vitest';
import { ByteReader } from './ByteReader.js';

it('gives copies, also of a Buffer, whose slice is a view', () => {
  const bytes = Buffer.from([1, 2, 3, 4]);
  const part = new ByteReader(bytes.subarray(1)).raw(2);
  bytes.fill(0);
  expect([...part]).toEqual([2, 3]);
});
