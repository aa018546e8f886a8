import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enrollFrom } from '../enrollFrom.js';
import { ScriptedLooker, TEMPLATE } from '../fixtures/ScriptedLooker.js';
import type { ImageSource } from './ImageSource.js';
import { timedFrames } from '../camera/timedFrames.js';
import { verifyFrom } from '../verifyFrom.js';

const PICTURE = {} as ImageSource;
const page = { hidden: false };
let closed: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
  page.hidden = false;
  closed = false;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Gives one picture, and then nothing; it cannot be closed by `return`, which waits for the next one too. */
async function* dryingUp(): AsyncGenerator<ImageSource> {
  try {
    yield PICTURE;
    await new Promise(() => undefined);
  } finally {
    closed = true;
  }
}

/** Takes one, as a ceremony does. */
async function takeAll(signal?: AbortSignal) {
  for await (const { source } of timedFrames(dryingUp(), { signal, patience: () => 60_000 })) expect(source).toBe(PICTURE);
}

const calls: Record<string, (signal?: AbortSignal) => Promise<unknown>> = {
  verify: (signal) => verifyFrom(new ScriptedLooker(), dryingUp(), TEMPLATE, { signal }),
  enroll: (signal) => enrollFrom(new ScriptedLooker(), dryingUp(), { signal }),
  'a ceremony': takeAll,
};

describe.each(Object.entries(calls))('a stream that dries up, read by %s', (_, call) => {
  const start = (signal?: AbortSignal) => {
    const settled = vi.fn();
    void call(signal).then(settled, settled);
    return settled;
  };

  it('ends with camera-lost after a minute', async () => {
    const settled = start();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(settled).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'camera-lost', message: expect.stringMatching(/for 60 s: check/) as string }),
    );
    expect(vi.getTimerCount()).toBe(0);
    expect(closed).toBe(false);
  });

  it('may take as long as the page is in the background, and an abort still works', async () => {
    page.hidden = true;
    const controller = new AbortController();
    const settled = start(controller.signal);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(settled).not.toHaveBeenCalled();
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toHaveBeenCalledWith(expect.objectContaining({ code: 'aborted' }));
    expect(vi.getTimerCount()).toBe(0);
  });
});
