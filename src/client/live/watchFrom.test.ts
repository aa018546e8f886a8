import { afterEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import type { Presence } from '../../shared/live.js';
import { createFakeCamera } from '../testing/createFakeCamera.js';
import { createFakeVerifier } from '../testing/createFakeVerifier.js';
import type { FakeLook } from '../testing/FakeLooker.js';
import { ScriptedLooker, TEMPLATE } from '../fixtures/ScriptedLooker.js';
import { watchFrom } from './watchFrom.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function watching(options: { every?: number; signal?: AbortSignal } = {}) {
  vi.useFakeTimers();
  let looks = 0;
  let sight: FakeLook = { person: 'ann' };
  const verifier = createFakeVerifier({ sees: () => (looks++, sight) });
  const camera = createFakeCamera();
  const seen: Presence[] = [];
  const watch = verifier.watch(camera, verifier.templateOf('ann'), { ...options, onChange: (presence) => seen.push(presence) });
  return { verifier, camera, watch, seen, see: (next: FakeLook) => (sight = next), looks: () => looks };
}

describe('watch', () => {
  it('tells who is there, once two looks say so, at the pace asked for', async () => {
    const { watch, seen, see, looks } = watching({ every: 500 });
    await vi.advanceTimersByTimeAsync(400);
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(1600);
    expect(looks()).toBe(4);
    for (const look of ['nobody', { person: 'bob' }, 'several', { person: 'ann' }] as const) {
      see(look);
      await vi.advanceTimersByTimeAsync(1100);
    }
    expect(seen).toEqual(['present', 'absent', 'someone-else', 'several', 'present']);
    expect(watch.presence).toBe('present');
    watch.stop();
    expect(await watch.ended).toBeNull();
    await vi.advanceTimersByTimeAsync(5000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rests while the page is hidden, and does not know who is there', async () => {
    const page = Object.assign(new EventTarget(), { hidden: false, createElement: () => ({}) });
    vi.stubGlobal('document', page);
    const { watch, seen, looks } = watching();
    await vi.advanceTimersByTimeAsync(2500);
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    expect(seen).toEqual(['present', 'unknown']);
    const before = looks();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks()).toBe(before);
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(2500);
    expect(seen).toEqual(['present', 'unknown', 'present']);
    watch.stop();
    expect(await watch.ended).toBeNull();
  });

  it('ends with the signal, the camera and the verifier, and says with what', async () => {
    const abort = new AbortController();
    const aborted = watching({ signal: abort.signal });
    abort.abort();
    expect(await aborted.watch.ended).toBeNull();
    for (const [end, code] of [
      ['lose', 'camera-lost'],
      ['stop', 'aborted'],
    ] as const) {
      const { camera, watch, seen } = watching();
      await vi.advanceTimersByTimeAsync(2500);
      camera[end]();
      await vi.advanceTimersByTimeAsync(1000);
      expect(await watch.ended).toMatchObject({ code });
      expect(seen).toEqual(['present', 'unknown']);
    }
    const { verifier, watch } = watching();
    verifier.dispose();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await watch.ended).toMatchObject({ code: 'disposed' });
  });

  it('searches every frame for others', async () => {
    vi.useRealTimers();
    const looker = new ScriptedLooker();
    const look = vi.spyOn(looker, 'look');
    const watch = watchFrom(looker, createFakeCamera(), TEMPLATE, { every: 100 });
    await vi.waitFor(() => expect(watch.presence).toBe('present'), PATIENT);
    watch.stop();
    expect(new Set(look.mock.calls.map(([, options]) => options?.track))).toEqual(new Set([false]));
  });

  it('refuses wrong options at once', () => {
    const { verifier, camera, watch } = watching();
    watch.stop();
    const template = verifier.templateOf('ann');
    expect(() => verifier.watch(camera, template, { every: 5 })).toThrow(RangeError);
    expect(() => verifier.watch({} as never, template)).toThrow(/expected a camera/);
    const protection = { scheme: 'rotation-int8-1', keyId: '0123456789abcdef' } as const;
    expect(() => verifier.watch(camera, { ...template, protection })).toThrow(/without its key/);
    expect(() => verifier.watch(camera, template, { evry: 500 } as never)).toThrow(/expected options of watch/);
  });
});
