import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import type { BuiltPipeline } from '../buildPipeline.js';
import { timeOnce } from './timeOnce.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const takes = (exercise: BuiltPipeline['exercise'], usual = 30) => passTime(timeOnce({ exercise } as BuiltPipeline, usual), 9000);

it('times a run', async () => {
  expect(await takes(() => new Promise((resolve) => setTimeout(resolve, 30)))).toBe(30);
});

it('waits no longer than a second for what a GPU may never answer', async () => {
  const start = performance.now();
  await expect(takes(() => new Promise(() => undefined))).rejects.toThrow('a run took more than 1 s');
  expect(performance.now() - start).toBeLessThan(1500);
});

it('waits for as long as calls do in any case', async () => {
  const after = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms));
  expect(await takes(after(2500), 3000)).toBe(2500);
  await expect(takes(after(5000), 3000)).rejects.toThrow('a run took more than 3 s');
});
