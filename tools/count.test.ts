import { expect, it } from 'vitest';
import { count } from './count.mjs';

it('reads whole numbers, and says what it expected of anything else', () => {
  expect(count('--jobs', '2')).toBe(2);
  expect(count('--kills', '0', 0)).toBe(0);
  expect(() => count('--kills', '-1', 0)).toThrow('--kills: expected a whole number of at least 0, got "-1"');
  for (const wrong of ['0', 'x', '', '1.5', '2 jobs', 'Infinity']) {
    expect(() => count('--jobs', wrong)).toThrow(new RangeError(`--jobs: expected a whole number of at least 1, got "${wrong}"`));
  }
});
