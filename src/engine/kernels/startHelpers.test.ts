import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HELPER_READY } from './helpKernels.js';
import { KernelMemory } from './KernelMemory.js';
import { startHelpers, type Shared } from './startHelpers.js';

/** Milliseconds after which each helper answers, in the order in which they are made; Infinity: never. */
let answers: number[];
let ended: boolean[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  ended = [];
  vi.stubGlobal('self', { location: { href: 'https://app.example/worker.js' } });
  vi.stubGlobal('navigator', {});
  vi.stubGlobal(
    'Worker',
    class {
      readonly n = ended.push(false) - 1;
      onmessage: ((event: { data: unknown }) => void) | null = null;
      postMessage() {
        if (answers[this.n] < Infinity) setTimeout(() => this.onmessage?.({ data: HELPER_READY }), answers[this.n]);
      }
      terminate() {
        ended[this.n] = true;
      }
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function started(...given: number[]): Promise<{ helpers: number | string; seconds: number }> {
  answers = given;
  const shared = Promise.resolve({ memory: new KernelMemory(true), meeting: 0 } as unknown as Shared);
  const began = performance.now();
  let outcome: { helpers: number | string; seconds: number } | undefined;
  const done = (helpers: number | string) => (outcome = { helpers, seconds: Math.round((performance.now() - began) / 1000) });
  startHelpers(given.length, shared).then(
    ({ length }) => done(length),
    (error: unknown) => done(String(error)),
  );
  while (!outcome) await vi.advanceTimersByTimeAsync(100);
  return outcome;
}

it('waits for all of them, and four seconds at most where one is there', async () => {
  expect(await started(100, 3000, 200)).toEqual({ helpers: 3, seconds: 3 });
  expect(ended).toEqual([false, false, false]);
  ended = [];
  expect(await started(100, Infinity, 200)).toEqual({ helpers: 2, seconds: 4 });
  expect(ended).toEqual([false, true, false]);
});

it('waits ten seconds for the first of them', async () => {
  expect(await started(9000, Infinity)).toEqual({ helpers: 1, seconds: 9 });
  expect(ended).toEqual([false, true]);
  ended = [];
  const { helpers, seconds } = await started(Infinity, Infinity);
  expect(helpers).toMatch(/no second thread started: its worker did not answer within 10 s/);
  expect(seconds).toBe(10);
  expect(ended).toEqual([true, true]);
});
