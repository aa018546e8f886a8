import { expect, it } from 'vitest';
import { keptRoom } from './keptRoom.js';

it('gives the same place again, but for what needs far less, or nothing', () => {
  const room = keptRoom();
  const first = room(400);
  expect(room(100).buffer).toBe(first.buffer);
  expect(room(100)).toHaveLength(100);
  const small = room(99);
  expect(small.buffer.byteLength).toBe(99);
  expect(room(100).buffer.byteLength).toBe(100);
  expect(room(0).buffer.byteLength).toBe(0);
});
