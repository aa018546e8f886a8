import { afterEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import { captureOf } from './captureOf.js';
import { fakeCamera, withUserMedia, type FakeCamera } from '../fixtures/fakeCamera.js';
import { createFakeVerifier } from '../testing/createFakeVerifier.js';

const given: FakeCamera[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const { freeze } of given.splice(0)) freeze();
});

describe('captures that open camera and engine themselves', () => {
  it('leave nothing behind after 100 starts and cancels, wherever they are canceled', async () => {
    const verifiers: ReturnType<typeof createFakeVerifier>[] = [];
    const create = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return (verifiers[verifiers.length] = createFakeVerifier({ sees: 'nobody' }));
    };
    withUserMedia(async () => {
      await new Promise((resolve) => setTimeout(resolve, 4));
      return (given[given.length] = fakeCamera()).stream;
    });
    const [add, remove] = [vi.spyOn(document, 'addEventListener'), vi.spyOn(document, 'removeEventListener')];
    const capture = captureOf({}, { mode: 'check' }, create);
    const phases = new Set<string>();
    capture.subscribe(() => phases.add(capture.state.phase));
    const cancelAfter = async (wait: () => Promise<unknown>) => {
      const running = capture.start();
      await wait();
      capture.cancel();
      expect((await running).phase).toBe('idle');
    };
    // How long a start takes on this machine, but for the first: the cancels are to come at every point of one.
    const looks = () => cancelAfter(() => vi.waitFor(() => expect(capture.state.phase).toBe('looking'), { ...PATIENT, interval: 1 }));
    await looks();
    const began = performance.now();
    await looks();
    const whole = Math.min(1000, performance.now() - began);
    for (let i = 0; i < 100; i++) {
      await cancelAfter(async () => i % 10 > 0 && new Promise((resolve) => setTimeout(resolve, (whole / 6) * (i % 10))));
    }
    await vi.waitFor(() => {
      expect(given.filter(({ track }) => track.readyState === 'live')).toEqual([]);
      expect(verifiers.filter(({ disposed }) => !disposed)).toEqual([]);
      expect(add.mock.calls.length - remove.mock.calls.length).toBe(0);
    }, PATIENT);
    expect(given.length).toBeGreaterThan(20);
    expect([...phases]).toEqual(expect.arrayContaining(['loading', 'asking-for-camera', 'looking', 'idle']));
  });

  it('go on where the signal that the camera was to be opened with fires later', async () => {
    withUserMedia(() => Promise.resolve((given[given.length] = fakeCamera()).stream));
    const verifier = createFakeVerifier({ sees: 'nobody' });
    const opening = new AbortController();
    const capture = captureOf(verifier, { mode: 'check', camera: { signal: opening.signal } }, () =>
      expect.unreachable('there is a verifier'),
    );
    const running = capture.start();
    await vi.waitFor(() => expect(capture.state.phase).toBe('looking'), PATIENT);
    opening.abort();
    verifier.sees = {};
    expect((await running).phase).toBe('done');
    expect((await capture.start()).error).toMatchObject({ code: 'aborted' });
  });

  it('turn the camera off when they are done', async () => {
    withUserMedia(() => Promise.resolve((given[given.length] = fakeCamera()).stream));
    const onCamera = vi.fn();
    const verifier = createFakeVerifier();
    const capture = captureOf(verifier, { mode: 'check', onCamera }, () => expect.unreachable('there is a verifier'));
    expect((await capture.start()).phase).toBe('done');
    expect(onCamera).toHaveBeenCalledOnce();
    expect(given[0].track.readyState).toBe('ended');
    expect(verifier.disposed).toBe(false);
  });
});
