import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CeremonyJudge } from '../../ceremony/CeremonyJudge.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import type { FrameSource, TimedSource } from '../camera/timedFrames.js';
import { runCeremony } from './runCeremony.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Asks for one thing until its time is almost over, then for another. */
class TwoPrompts implements CeremonyJudge<'first' | 'second', never> {
  readonly over = false;
  progress: CeremonyJudge<'first' | 'second', never>['progress'] = null;
  #action: 'first' | 'second' = 'first';
  get prompt() {
    return { action: this.#action, done: 0, total: 2, timeLimit: 8000, skip: null };
  }
  observe(): void {
    this.progress = { prompt: this.prompt, progress: 1, remaining: 100, hint: null, face: null };
    this.#action = 'second';
  }
}

async function* frames(count: number): AsyncGenerator<TimedSource> {
  for (let n = 0; n < count; n++) yield { source: await Promise.resolve({} as ImageSource), time: n };
  await new Promise(() => undefined);
}

it('takes frames of an iterator whose next one is no promise', async () => {
  const judge = Object.assign(new TwoPrompts(), { over: true });
  const next = () => ({ value: { source: {}, time: 1 }, done: false });
  await runCeremony({
    judge,
    source: { [Symbol.asyncIterator]: () => ({ next }) } as unknown as FrameSource,
    signal: new AbortController().signal,
    look: ({ time }) => Promise.resolve({ time, faces: 0, face: null, embedding: null }),
    kept: () => [],
  });
  expect(judge.progress).not.toBeNull();
});

it.each([
  [1, 8000, 'all the time of a new prompt'],
  [2, 3000, 'what a prompt has left, and three seconds at least'],
])('waits for a frame after %i for %i ms: %s', async (count, milliseconds) => {
  const settled = vi.fn();
  runCeremony({
    judge: new TwoPrompts(),
    source: frames(count),
    signal: undefined,
    look: ({ time }) => Promise.resolve({ time, faces: 0, face: null, embedding: null }),
    kept: () => [],
  }).catch(settled);
  await vi.advanceTimersByTimeAsync(milliseconds - 500);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(settled).toHaveBeenCalledWith(expect.objectContaining({ code: 'camera-lost' }));
});
