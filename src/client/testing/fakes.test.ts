import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LivenessOptions } from '../../shared/liveness.js';
import { createLivenessSession } from '../live/createLivenessSession.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { createFakeCamera, type FakeCameraOptions } from './createFakeCamera.js';
import { createFakeVerifier, type FakeVerifier, type FakeVerifierOptions } from './createFakeVerifier.js';
import { obedient } from './FakeLooker.js';

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

describe('what is asked for', () => {
  const people = (verifier: FakeVerifier) => new Map([['someone', verifier.templateOf('someone')]]);
  const liveness = { challenges: ['turn-left'] } as const;
  const calls: Record<string, (verifier: FakeVerifier) => Promise<unknown>> = {
    verifyLive: (verifier) => verifier.verifyLive(createFakeCamera(), verifier.templateOf('someone')),
    identifyLive: (verifier) => verifier.identifyLive(createFakeCamera(), people(verifier)),
    checkLive: (verifier) => verifier.checkLive(createFakeCamera()),
    'verifyLive with liveness': (verifier) => verifier.verifyLive(createFakeCamera(), verifier.templateOf('someone'), { liveness }),
    'a session': (verifier) => createLivenessSession(verifier, liveness).run(createFakeCamera()),
    enrollLive: (verifier) => verifier.enrollLive(createFakeCamera(), { liveness }),
  };

  it.each(Object.entries(calls))('is known to the eyes in every look of %s, and no longer', async (name, call) => {
    vi.useRealTimers();
    const asked = new Set<unknown>();
    const sees = obedient('someone');
    const verifier = createFakeVerifier({ sees: (now) => (asked.add(now), sees(now)) });
    await call(verifier);
    const views = ['front', 'slightly-left', 'slightly-right', 'other-distance'];
    const session = ['turn-left', 'face-camera'];
    const expected = name === 'enrollLive' ? [...session, ...views] : name.endsWith('Live') ? ['face-camera'] : session;
    expect([...asked]).toEqual(expected);
    asked.clear();
    await verifier.analyze({} as ImageSource);
    expect([...asked]).toEqual([null]);
  });
});

describe('a fake session', () => {
  beforeEach(() => void vi.useRealTimers());

  it('refuses the options that a real one does, and a second run', async () => {
    const verifier = createFakeVerifier();
    for (const wrong of [{ chalenges: [] }, { challenges: ['blink'] }, { count: 9 }, { timeLimit: 5 }]) {
      expect(() => createLivenessSession(verifier, wrong as LivenessOptions), JSON.stringify(wrong)).toThrow(/^expected/);
    }
    const session = createLivenessSession(verifier);
    await expect(session.run({} as never)).rejects.toThrow(/expected a camera/);
    await session.run(createFakeCamera());
    await expect(session.run(createFakeCamera())).rejects.toThrow(/expected a new liveness session/);
  });

  it('says what is wrong with a frame, and waits for a good one until the time is over', async () => {
    let bad = 3;
    const verifier = createFakeVerifier({ sees: () => (bad-- > 0 ? { reasons: ['too-dark', 'blurred'] } : {}) });
    const run = async () => {
      const hints: unknown[] = [];
      const session = createLivenessSession(verifier, { challenges: ['turn-left'], timeLimit: 1000 });
      const result = await session.run(createFakeCamera(), { onProgress: ({ hint }) => void hints.push(hint) });
      return { result, hints };
    };
    const { result, hints } = await run();
    expect(result).toMatchObject({ passed: true, captures: [{}, {}] });
    expect(hints).toEqual(['too-dark', 'too-dark', 'too-dark', null, null]);
    bad = Infinity;
    expect((await run()).result).toMatchObject({ passed: false, reason: 'timeout', captures: [] });
  });
});
