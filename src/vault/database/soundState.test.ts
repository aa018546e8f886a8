import { expect, it } from 'vitest';
import { soundState } from './soundState.js';

it('a vault’s state is one, or there is none', () => {
  for (const kept of [
    { epoch: 0, lock: null },
    { epoch: 7, lock: Uint8Array.of(1) },
  ])
    expect(soundState(kept)).toBe(kept);
  expect(soundState(undefined)).toEqual({ epoch: 0, lock: null });
});

it.each([[null], ['none'], [{}], [{ epoch: 1 }], [{ epoch: -1, lock: null }], [{ epoch: '1', lock: null }], [{ epoch: 1, lock: 'x' }]])(
  'is not %o',
  (kept) => {
    const message = expect.stringMatching(/damaged.*eraseVault/) as string;
    expect(() => soundState(kept)).toThrow(expect.objectContaining({ code: 'template-invalid', message }) as Error);
  },
);
