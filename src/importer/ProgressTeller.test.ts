import { expect, it } from 'vitest';
import { ProgressTeller } from './ProgressTeller.js';

it('never goes back, however often a stage is begun', () => {
  const told: number[] = [];
  const teller = new ProgressTeller(({ loaded }) => told.push(loaded));
  for (const done of [0.5, 1, 0, 0.8, 1]) teller.at('store')(done);
  teller.at('write')(1);
  expect(told.map((loaded) => loaded.toFixed(3))).toEqual(['0.725', '0.950', '0.950', '0.950', '0.950', '1.000']);
});
