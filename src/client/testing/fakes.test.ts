import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeCamera, type FakeCameraOptions } from './createFakeCamera.js';
import { createFakeVerifier, type FakeVerifierOptions } from './createFakeVerifier.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  [() => createFakeCamera({ pcae: 5 } as FakeCameraOptions), /the nearest is "pace"/],
  [() => createFakeCamera({ pace: -1 }), /expected a pace of 0 ms or more, got -1/],
  [() => createFakeCamera({ interval: 0 }), /expected an interval above 0 ms, got 0/],
  [() => createFakeVerifier({ seees: 'x' } as unknown as FakeVerifierOptions), /the nearest is "sees"/],
])('refuses what no fake takes (%#)', (make, message) => {
  expect(make).toThrow(message);
});

it('leaves no timer behind when a wait for a frame is given up, or the camera ends', async () => {
  const camera = createFakeCamera({ pace: 1_000 });
  const ended = new AbortController();
  const frame = camera.frames({ signal: ended.signal }).next();
  const others = [camera.frames().next(), camera.frames().next()];
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(3));
  ended.abort();
  await expect(frame).rejects.toMatchObject({ code: 'aborted' });
  expect(vi.getTimerCount()).toBe(2);
  camera.lose();
  for (const other of others) await expect(other).rejects.toMatchObject({ code: 'camera-lost' });
  expect(vi.getTimerCount()).toBe(0);
});
