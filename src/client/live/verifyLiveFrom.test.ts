import { describe, expect, it, vi } from 'vitest';
import type { LiveProgress, LivePrompt } from '../../shared/live.js';
import { createFakeCamera } from '../testing/createFakeCamera.js';
import { createFakeVerifier } from '../testing/createFakeVerifier.js';
import type { FakeLook } from '../testing/FakeLooker.js';

const ANN = { person: 'ann' };
const BOB = { person: 'bob' };

/** Sees these looks, then the last one again and again. */
function seeing(...looks: FakeLook[]) {
  const verifier = createFakeVerifier({ sees: (_, n) => looks[Math.min(n, looks.length - 1)] });
  return { verifier, template: verifier.templateOf('ann'), camera: createFakeCamera() };
}

describe('verifyLive', () => {
  it('decides once, on three of five good frames', async () => {
    const { verifier, template, camera } = seeing(ANN);
    const prompts: LivePrompt[] = [];
    const steps: LiveProgress[] = [];
    const result = await verifier.verifyLive(camera, template, { onPrompt: (p) => prompts.push(p), onProgress: (p) => steps.push(p) });
    expect(result).toMatchObject({ match: true, frames: 3, threshold: 1.1, liveness: null, session: null });
    expect(prompts).toMatchObject([{ action: 'face-camera', done: 0, total: 5 }]);
    expect(steps.at(-1)).toMatchObject({ progress: 1, hint: null });
    camera.stop();
  });

  it('waits for good frames, and says what is wrong until then', async () => {
    const dark = { ...ANN, reasons: ['too-dark'] as const };
    const { verifier, template, camera } = seeing('nobody', 'several', dark, ANN);
    const hints: unknown[] = [];
    expect(await verifier.verifyLive(camera, template, { onProgress: ({ hint }) => hints.push(hint) })).toMatchObject({ match: true });
    expect(hints.slice(0, 4)).toEqual(['no-face', 'several-faces', 'too-dark', null]);
  });

  it('says that enough was seen only where something was', async () => {
    const onDecide = vi.fn();
    const { verifier, template, camera } = seeing('nobody');
    await verifier.verifyLive(camera, template, { timeLimit: 1000, onDecide });
    verifier.liveness = 'flat';
    await verifier.verifyLive(camera, template, { liveness: true, onDecide });
    expect(onDecide).not.toHaveBeenCalled();
    verifier.sees = ANN;
    await verifier.verifyLive(camera, template, { onDecide });
    expect(onDecide).toHaveBeenCalledOnce();
  });

  it('gives no second chance: somebody else is refused, and the person behind is not looked at', async () => {
    const { verifier, template, camera } = seeing(...Array.from({ length: 9 }, () => BOB), ANN);
    expect(await verifier.verifyLive(camera, template)).toMatchObject({ match: false, reason: 'different-person', frames: 3 });
  });

  it('does not mix people: with another face the frames of the first no longer count', async () => {
    const { verifier, template, camera } = seeing(BOB, BOB, BOB, BOB, ANN);
    const hints: unknown[] = [];
    const result = await verifier.verifyLive(camera, template, { onProgress: ({ hint }) => hints.push(hint) });
    expect(hints).toContain('other-person');
    expect(result).toMatchObject({ match: true, frames: 3 });
  });

  it.each([
    ['nobody', 'no-face'],
    ['several', 'several-faces'],
    [{ ...ANN, reasons: ['blurred'] }, 'low-quality'],
  ] as [FakeLook, string][])('%s until the time is over is a result', async (look, reason) => {
    const { verifier, template, camera } = seeing(look);
    const result = await verifier.verifyLive(camera, template, { timeLimit: 1000 });
    expect(result).toMatchObject({ match: false, reason, frames: 0, distance: null, estimatedFmr: null, session: null });
  });

  it('decides on what was seen in time, by the curve for so many', async () => {
    const { verifier, template, camera } = seeing(ANN, 'nobody');
    expect(await verifier.verifyLive(camera, template, { timeLimit: 1000 })).toMatchObject({ match: true, frames: 1 });
  });

  it('takes one frame for a rate at which three were not measured', async () => {
    const { verifier, template, camera } = seeing(ANN);
    const one = { ...template, captures: 1 };
    expect(await verifier.verifyLive(camera, one, { fmr: 1e-5 })).toMatchObject({ match: true, frames: 1, threshold: 1.02 });
    await expect(verifier.verifyLive(camera, one, { fmr: 1e-9 })).rejects.toThrow(RangeError);
  });

  it('is none the worse for a source whose end is not a promise, or fails', async () => {
    const { verifier, template } = seeing(ANN);
    for (const end of [
      () => ({ done: true, value: undefined }),
      () => undefined,
      () => Promise.reject(new Error('no')),
      () => {
        throw new Error('no');
      },
    ]) {
      const frames = createFakeCamera().frames()[Symbol.asyncIterator]();
      const source = {
        [Symbol.asyncIterator]: () => ({ next: () => frames.next(), return: end as unknown as () => Promise<IteratorResult<never>> }),
      };
      expect(await verifier.verifyLive(source, template)).toMatchObject({ match: true });
      expect(await verifier.verifyLive(source, template, { liveness: true })).toMatchObject({ match: true });
    }
  });

  it('runs a liveness session first, and compares its frames', async () => {
    const { verifier, template, camera } = seeing(ANN);
    const asked: string[] = [];
    const options = { liveness: { challenges: ['turn-left'] as const }, onPrompt: ({ action }: LivePrompt) => asked.push(action) };
    const result = await verifier.verifyLive(camera, template, options);
    expect(asked).toEqual(['turn-left', 'face-camera']);
    expect(result).toMatchObject({ match: true, liveness: { challenges: ['turn-left'] }, session: { passed: true } });
    verifier.liveness = 'flat';
    const refused = await verifier.verifyLive(camera, template, { liveness: true });
    expect(refused).toMatchObject({ match: false, reason: 'liveness-failed', session: { passed: false, reason: 'flat' }, frames: 0 });
  });

  it('ends with the signal, the camera and the engine', async () => {
    const { verifier, template, camera } = seeing('nobody');
    const abort = new AbortController();
    const [aborted, lost] = [verifier.verifyLive(camera, template, { signal: abort.signal }), verifier.verifyLive(camera, template)];
    abort.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    camera.lose();
    await expect(lost).rejects.toMatchObject({ code: 'camera-lost' });
    verifier.dispose();
    await expect(verifier.verifyLive(createFakeCamera(), template)).rejects.toMatchObject({ code: 'disposed' });
  });

  it('refuses what it cannot work with before it looks', async () => {
    const { verifier, template, camera } = seeing(ANN);
    await expect(verifier.verifyLive({} as never, template)).rejects.toThrow(/expected a camera/);
    await expect(verifier.verifyLive(camera, template, { timeLimit: 5 })).rejects.toThrow(RangeError);
    await expect(verifier.verifyLive(camera, template, { liveness: 'yes' as never })).rejects.toThrow(TypeError);
    await expect(verifier.verifyLive(camera, template, { limit: 5 } as never)).rejects.toThrow(/expected options of verifyLive/);
  });
});

describe('identifyLive', () => {
  const people = () => {
    const { verifier } = seeing(ANN);
    return ['ann', 'cat'].map((id) => [id, verifier.templateOf(id)] as const);
  };

  it('finds who it is, nobody, and why not', async () => {
    const found = await seeing(ANN).verifier.identifyLive(createFakeCamera(), people());
    expect(found).toMatchObject({ match: true, id: 'ann', frames: 3 });
    expect(found.reason).toBeUndefined();
    const unknown = await seeing(BOB).verifier.identifyLive(createFakeCamera(), people(), { candidates: 1 });
    expect(unknown).toMatchObject({ match: false, id: null, reason: 'unknown-person', frames: 3 });
    expect(unknown.candidates).toHaveLength(1);
    const nobody = await seeing('nobody').verifier.identifyLive(createFakeCamera(), people(), { timeLimit: 1000 });
    expect(nobody).toMatchObject({ match: false, id: null, distance: null, candidates: [], reason: 'no-face', frames: 0 });
    expect(await seeing(ANN).verifier.identifyLive(createFakeCamera(), [])).toMatchObject({ match: false, reason: 'unknown-person' });
  });

  it('refuses a gallery of another model before it looks', async () => {
    const { verifier } = seeing(ANN);
    const older = createFakeVerifier({ sees: () => ANN, modelVersion: '0.9.0' });
    const other = { id: 'ann', embedding: Float32Array.of(1, ...new Float32Array(511)) };
    const camera = createFakeCamera();
    const frames = vi.spyOn(camera, 'frames');
    for (const gallery of [new Map([['ann', older.templateOf('ann')]]), [other]]) {
      await expect(verifier.identifyLive(camera, gallery)).rejects.toMatchObject({ code: 'template-incompatible' });
    }
    expect(frames).not.toHaveBeenCalled();
  });

  it('takes one frame where the gallery asks for a rate at which several were not measured', async () => {
    const { verifier } = seeing(ANN);
    const entries = Array.from({ length: 500 }, (_, i) => ({ id: `p${i}`, embedding: verifier.templateOf(`p${i}`).embedding }));
    const gallery = [...entries, { id: 'ann', embedding: verifier.templateOf('ann').embedding }];
    expect(await verifier.identifyLive(createFakeCamera(), gallery)).toMatchObject({ id: 'ann', frames: 1 });
    await expect(verifier.identifyLive(createFakeCamera(), gallery, { fpir: 1e-7 })).rejects.toThrow(RangeError);
  });

  it('has a liveness session count for the person found only', async () => {
    const { verifier } = seeing(ANN);
    const live = await verifier.identifyLive(createFakeCamera(), people(), { liveness: true });
    expect(live).toMatchObject({ match: true, id: 'ann', session: { passed: true } });
    const swapped = seeing(BOB, BOB, BOB, ANN).verifier;
    const options = { liveness: { count: 3 } };
    expect(await swapped.identifyLive(createFakeCamera(), people(), options)).toMatchObject({
      ...{ match: false, id: null, reason: 'liveness-other-person' },
    });
    verifier.liveness = 'timeout';
    expect(await verifier.identifyLive(createFakeCamera(), people(), { liveness: true })).toMatchObject({ reason: 'liveness-failed' });
  });
});

describe('checkLive', () => {
  it('passes one good face, and nothing else', async () => {
    expect(await seeing(BOB).verifier.checkLive(createFakeCamera())).toMatchObject({ passed: true, session: null });
    const options = { timeLimit: 1000 };
    expect(await seeing('several').verifier.checkLive(createFakeCamera(), options)).toMatchObject({
      passed: false,
      reason: 'several-faces',
    });
    // Somebody who has left again.
    expect(await seeing(ANN, ANN, 'nobody').verifier.checkLive(createFakeCamera(), options)).toMatchObject({
      passed: false,
      reason: 'no-face',
    });
    const slow = createFakeCamera({ interval: 1000 });
    expect(await seeing(ANN).verifier.checkLive(slow, options)).toMatchObject({ passed: false, reason: 'low-quality' });
    const { verifier } = seeing(ANN);
    verifier.liveness = 'frozen';
    expect(await verifier.checkLive(createFakeCamera(), { liveness: true })).toMatchObject({ passed: false, reason: 'frozen' });
  });
});

describe('enrollLive with liveness', () => {
  it('enrolls who passed the session, on the same frames', async () => {
    const verifier = createFakeVerifier();
    const asked: string[] = [];
    const liveness = { challenges: ['look-up'] as const, onPrompt: ({ action }: LivePrompt) => asked.push(action) };
    const template = await verifier.enrollLive(createFakeCamera(), { liveness, onPrompt: ({ action }) => asked.push(action) });
    expect(template.captures).toBe(6);
    expect(asked).toEqual(['look-up', 'face-camera', 'front', 'slightly-left', 'slightly-right', 'other-distance']);
  });

  it('enrolls nobody who did not, nor somebody else', async () => {
    const verifier = createFakeVerifier({ liveness: 'flat' });
    await expect(verifier.enrollLive(createFakeCamera(), { liveness: {} })).rejects.toMatchObject({ code: 'liveness-failed' });
    const swapped = createFakeVerifier({ sees: (_, n) => (n < 4 ? BOB : ANN) });
    const options = { liveness: {}, timeLimit: 1000 };
    await expect(swapped.enrollLive(createFakeCamera(), options)).rejects.toMatchObject({ code: 'several-faces' });
  });
});
