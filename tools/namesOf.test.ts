import { expect, it } from 'vitest';
import { namesOf } from './namesOf.mjs';

it('chooses names, and refuses one that there is not', () => {
  const names = ['put', 'get', 'list'] as const;
  expect(namesOf('--only', ['list', 'put'], names)).toEqual(['put', 'list']);
  expect(namesOf('--only', undefined, names)).toEqual([...names]);
  expect(() => namesOf('--only', ['put', 'ptu'], names)).toThrow(new RangeError('--only: expected some of put, get, list, got "ptu"'));
});
