import { describe, expect, it, vi } from 'vitest';
import type { EmbedResult } from '../../shared/captures.js';
import type { LiveOptions } from '../../shared/live.js';
import type { LivenessResult } from '../../shared/liveness.js';
import { ScriptedLooker, TEMPLATE } from '../fixtures/ScriptedLooker.js';
import { createFakeCamera } from '../testing/createFakeCamera.js';
import { createFakeVerifier } from '../testing/createFakeVerifier.js';
import { checkLiveFrom } from './checkLiveFrom.js';
import { identifyLiveFrom } from './identifyLiveFrom.js';
import type { LiveParts } from './LiveParts.js';
import { redeem, registerResult } from './livenessResults.js';
import { verifyLiveFrom } from './verifyLiveFrom.js';

/** Eyes, a camera, and a session that was passed, with all that it keeps of the face. */
function live() {
  const looker = new ScriptedLooker();
  const made = Array.from({ length: 7 }, () => Float32Array.of(1, 0, 0, 0));
  const captures: EmbedResult[] = made.slice(0, 4).map((embedding) => ({ face: looker.face, embedding }));
  const result = { passed: true, challenges: ['turn-left'], captures, finishedAt: '' } as unknown as LivenessResult;
  const session = registerResult(result, made.slice(4));
  const parts: LiveParts = { looker, drawSession: () => ({ run: () => Promise.resolve(session) }) };
  const camera = createFakeCamera();
  const calls: ((options: LiveOptions) => Promise<unknown>)[] = [
    (options) => verifyLiveFrom(parts, camera, TEMPLATE, options),
    (options) => identifyLiveFrom(parts, camera, new Map([['me', TEMPLATE]]), options),
    (options) => checkLiveFrom(parts, camera, options),
  ];
  return { looker, made, session, camera, calls };
}
const KINDS = [0, 1, 2];
const isOverwritten = (values: Float32Array) => values.every((value) => value === 0);

describe('every live call', () => {
  it('overwrites good frames when it is aborted, the camera is lost, or a listener throws', async () => {
    for (const kind of KINDS) {
      for (const end of ['abort', 'lose', 'throw'] as const) {
        const { looker, camera, calls } = live();
        const abort = new AbortController();
        const onProgress = () => {
          if (looker.given.length < 2) return;
          if (end === 'throw') throw new Error('the page');
          if (end === 'lose') camera.lose();
          else abort.abort();
        };
        await expect(calls[kind]({ signal: abort.signal, onProgress, timeLimit: 60_000 }), `${kind} ${end}`).rejects.toThrow();
        expect(looker.given.length, `${kind} ${end}`).toBeGreaterThanOrEqual(2);
        expect(looker.given.every(isOverwritten), `${kind} ${end}`).toBe(true);
      }
    }
  });

  it('is aborted also while the page is told of the last frame, or that it is decided', async () => {
    for (const kind of KINDS) {
      for (const when of ['onProgress', 'onDecide'] as const) {
        const { looker, calls } = live();
        const abort = new AbortController();
        const options: LiveOptions = {
          signal: abort.signal,
          [when]: (told?: { progress: number }) => {
            if (!told || told.progress === 1) abort.abort();
          },
        };
        await expect(calls[kind](options), `${kind} ${when}`).rejects.toMatchObject({ code: 'aborted' });
        expect(looker.given.every(isOverwritten), `${kind} ${when}`).toBe(true);
      }
    }
  });

  it('overwrites what a session keeps where its result does not come back', async () => {
    for (const kind of KINDS) {
      const { made, session, calls } = live();
      const abort = new AbortController();
      const options = { liveness: true, signal: abort.signal, onDecide: () => abort.abort() };
      await expect(calls[kind](options)).rejects.toMatchObject({ code: 'aborted' });
      expect([kind, made.every(isOverwritten)]).toEqual([kind, true]);
      expect(redeem(session)).toMatchObject({ refusal: 'liveness-used', rests: [] });
    }
  });
});

describe('identifyLive and checkLive', () => {
  it('overwrite every capture and every rest of their session, and use it up', async () => {
    for (const kind of [1, 2]) {
      const { made, session, calls } = live();
      expect(await calls[kind]({ liveness: true })).toMatchObject({ session });
      expect([kind, made.every(isOverwritten)]).toEqual([kind, true]);
      expect(redeem(session).refusal).toBe('liveness-used');
    }
  });
});

describe('onDecide', () => {
  it('comes once there is something to decide by: a good frame for verifyLive, three for checkLive', async () => {
    for (const good of [2, 20]) {
      const [verify, check] = [vi.fn(), vi.fn()];
      const eyes = () => createFakeVerifier({ sees: (_, look) => (look < good ? { person: 'ann' } : 'nobody') });
      const sight = eyes();
      await sight.verifyLive(createFakeCamera(), sight.templateOf('ann'), { fmr: 1e-4, timeLimit: 1000, onDecide: verify });
      const { passed } = await eyes().checkLive(createFakeCamera(), { timeLimit: 1000, onDecide: check });
      expect([verify.mock.calls.length, check.mock.calls.length, passed]).toEqual([1, good === 20 ? 1 : 0, good === 20]);
    }
  });
});

describe('verifyLive', () => {
  it('leaves the captures of a session to its result, and overwrites those of frames', async () => {
    const { made, calls } = live();
    expect(await calls[0]({ liveness: true })).toMatchObject({ match: true });
    expect(made.map(isOverwritten)).toEqual([false, false, false, false, true, true, true]);
    const { looker, calls: plain } = live();
    expect(await plain[0]({})).toMatchObject({ match: true, session: null });
    expect(looker.given.every(isOverwritten)).toBe(true);
  });
});
