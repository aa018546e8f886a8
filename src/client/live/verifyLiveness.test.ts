import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { distance } from '../../matching/distance.js';
import type { LivenessResult } from '../../shared/liveness.js';
import { LIVENESS_LIFETIME } from '../../shared/verification.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { ScriptedLooker, TEMPLATE } from '../fixtures/ScriptedLooker.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { registerResult } from './livenessResults.js';
import { verifyFrom } from '../verifyFrom.js';

const PICTURE = {} as ImageSource;

/** A face so many degrees from the enrolled one. */
function face(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle), 0, 0);
}

/** A passed session that showed these faces, one each time it asked for one that looks into the camera. */
function session(rests: readonly Float32Array[]): LivenessResult {
  const measures = { frames: 60, interval: 100, parallax: 0.5, light: null, drift: 0.3, restDrift: 0.2, times: [900] };
  const times = { startedAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:00:09.000Z' };
  return registerResult({ passed: true, challenges: ['turn-left'], done: 1, captures: [], ...times, measures }, rests);
}

let looker: ScriptedLooker;
beforeEach(() => (looker = new ScriptedLooker()));
afterEach(() => void vi.useRealTimers());

describe('verify with a liveness session', () => {
  const verify = (degrees: number, rests: readonly Float32Array[]) => {
    looker.embedding = () => [...face(degrees)];
    return verifyFrom(looker, [PICTURE, PICTURE], TEMPLATE, { liveness: session(rests) });
  };

  it('matches where every rest does', async () => {
    const result = await verify(20, [face(10), face(30), face(60)]);
    expect(result).toMatchObject({ match: true, liveness: { challenges: ['turn-left'] } });
  });

  it('does not match where one rest shows somebody else, whose pictures match, and who is close enough to be the same person to each', async () => {
    const [stranger, blend] = [face(80), face(40)];
    // As two frames of one person may be apart, and as one person may be from the template.
    expect(distance(stranger, blend)).toBeLessThan(0.75);
    for (const rests of [
      [stranger, stranger, blend],
      [blend, stranger, blend],
      [blend, blend, stranger],
    ]) {
      expect(
        await verify(
          40,
          rests.map((rest) => rest.slice()),
        ),
      ).toMatchObject({ match: false, reason: 'liveness-other-person', liveness: null, frames: 2 });
    }
  });

  it('says that a stranger is one, with a session of their own or the person’s', async () => {
    expect(await verify(80, [face(80), face(80)])).toMatchObject({ match: false, reason: 'different-person' });
    expect(await verify(110, [face(0), face(0)])).toMatchObject({ match: false, reason: 'liveness-other-person' });
  });

  it('overwrites what the session kept, however it ends', async () => {
    const kept = [face(0), face(20)];
    await verify(0, kept);
    const failed = [face(0), face(20)];
    looker.before = () => Promise.reject(new Error('over'));
    await expect(verifyFrom(looker, [PICTURE], TEMPLATE, { liveness: session(failed) })).rejects.toThrow('over');
    for (const rest of [...kept, ...failed]) expect([...rest]).toEqual([0, 0, 0, 0]);
  });

  it('has to be fresh when the call begins, however long that then takes', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    const live = session([face(10)]);
    vi.advanceTimersByTime(LIVENESS_LIFETIME);
    looker.before = () => void vi.advanceTimersByTime(LIVENESS_LIFETIME);
    expect(await verifyFrom(looker, [PICTURE, PICTURE], TEMPLATE, { liveness: live })).toMatchObject({ match: true });
    const late = session([face(10)]);
    vi.advanceTimersByTime(LIVENESS_LIFETIME + 1);
    expect(await verifyFrom(looker, [PICTURE], TEMPLATE, { liveness: late })).toMatchObject({ reason: 'liveness-expired' });
  });

  it('is used by the call that asked first, also while that still looks', async () => {
    const live = session([face(10)]);
    let look = () => {};
    looker.before = () => {
      looker.before = () => undefined;
      return new Promise<void>((resolve) => (look = resolve));
    };
    const first = verifyFrom(looker, [PICTURE], TEMPLATE, { liveness: live });
    expect(await verifyFrom(looker, [PICTURE], TEMPLATE, { liveness: live })).toMatchObject({ reason: 'liveness-used' });
    look();
    expect(await first).toMatchObject({ match: true });
  });

  it('is not used up by a call without pictures', async () => {
    const live = session([face(10)]);
    await expect(verifyFrom(looker, [], TEMPLATE, { liveness: live })).rejects.toThrow(/expected at least one source/);
    expect(await verifyFrom(looker, PICTURE, TEMPLATE, { liveness: live })).toMatchObject({ match: true });
  });

  it('takes pictures at a rate that was measured for one and for all of them, however many turn out to be good', async () => {
    const curve = (probeFrames: number, threshold: number, rates: readonly number[]) => ({
      ...{ templateFrames: 1, probeFrames, operatingPoints: rates.map((fmr) => ({ fmr, threshold })) },
    });
    Object.assign(looker.info, { fused: [curve(2, 1.2, [1e-1, 1e-2]), curve(4, 1.1, [1e-1, 1e-4])] });
    const four = Array.from({ length: 4 }, () => PICTURE);
    expect(await verifyFrom(looker, four, TEMPLATE, { fmr: 1e-3 })).toMatchObject({ match: true, frames: 4 });
    // Of two nothing was measured at the rate: the threshold for four is stricter.
    let n = 0;
    looker.before = () => {
      if (n++ % 2) throw new VisavisError('no-face', 'No face was found.');
    };
    expect(await verifyFrom(looker, four, TEMPLATE, { fmr: 1e-3 })).toMatchObject({ match: true, frames: 2, threshold: 1.1 });
  });

  describe('at a rate that was measured for one picture and not for two', () => {
    const fused = [{ templateFrames: 1, probeFrames: 2, operatingPoints: [1e-1, 1e-2].map((fmr) => ({ fmr, threshold: 1.2 })) }];
    beforeEach(() => Object.assign(looker.info, { fused }));

    it('refuses two before it looks at either', async () => {
      await expect(verifyFrom(looker, [PICTURE, PICTURE], TEMPLATE, { fmr: 1e-3 })).rejects.toThrow(RangeError);
      expect(looker.given).toHaveLength(0);
    });

    it('uses up no session for a stream of two, which is refused once they are there', async () => {
      async function* stream() {
        yield* [PICTURE, await Promise.resolve(PICTURE)];
      }
      const live = session([face(10)]);
      await expect(verifyFrom(looker, stream(), TEMPLATE, { fmr: 1e-3, liveness: live })).rejects.toThrow(RangeError);
      expect(looker.given.map((values) => [...values])).toEqual([0, 1].map(() => [0, 0, 0, 0]));
      expect(await verifyFrom(looker, PICTURE, TEMPLATE, { fmr: 1e-3, liveness: live })).toMatchObject({ match: true });
    });

    it('takes for liveness nothing but a session’s result, before it looks', async () => {
      await expect(verifyFrom(looker, PICTURE, TEMPLATE, { liveness: {} as LivenessResult })).rejects.toThrow(/expected liveness to be/);
      expect(looker.given).toHaveLength(0);
    });
  });
});
