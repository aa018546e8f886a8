import { expect, it } from 'vitest';
import { identityOf } from './identityOf.js';

it('reads people from file names', () => {
  expect(['Ann_Lee_0001.jpg', 'x/Bo_0012.png', 'person03-a.jpg'].map(identityOf)).toEqual(['Ann_Lee', 'Bo', 'person03-a.jpg']);
});
