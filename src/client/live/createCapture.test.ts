import { afterEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import { aborted } from '../../shared/abortable.js';
import type { CaptureAction, CaptureState } from '../../shared/capture.js';
import type { Clock } from '../../shared/Clock.js';
import type { FaceVerifierOptions } from '../../shared/options.js';
import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { createProtectionKey } from '../../vault/protection/protectionKey.js';
import { protectTemplate } from '../../vault/protection/protectTemplate.js';
import { captureOf } from './captureOf.js';
import type { CaptureOptions } from './CaptureOptions.js';
import { createCapture } from './createCapture.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import { createFakeCamera } from '../testing/createFakeCamera.js';
import { createFakeVerifier } from '../testing/createFakeVerifier.js';
import { obedient } from '../testing/FakeLooker.js';

afterEach(() => vi.restoreAllMocks());

/** A clock that a test moves by hand. */
class HandClock implements Clock {
  time = 0;
  readonly #calls = new Map<() => void, number>();
  readonly now = () => this.time;
  readonly after = (milliseconds: number, callback: () => void) => {
    this.#calls.set(callback, this.time + milliseconds);
    return () => void this.#calls.delete(callback);
  };
  get pending(): number {
    return this.#calls.size;
  }
  async pass(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    for (const [callback, at] of [...this.#calls]) {
      if (at > this.time) continue;
      this.#calls.delete(callback);
      callback();
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function capturing(
  options: Partial<CaptureOptions> & Pick<CaptureOptions, 'mode'>,
  verifier = createFakeVerifier({ sees: obedient('ann') }),
) {
  const camera = createFakeCamera();
  const capture = createCapture(verifier, {
    ...(options.mode === 'verify' ? { template: verifier.templateOf('ann') } : {}),
    ...{ camera, ...options },
  });
  const states: CaptureState[] = [];
  capture.subscribe(() => states.push(capture.state));
  const phases = () => states.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1]);
  return { verifier, camera, capture, states, phases };
}

describe('createCapture', () => {
  it('enrolls', async () => {
    const { capture, phases, states, camera } = capturing({ mode: 'enroll' });
    expect(capture.state).toMatchObject({ phase: 'idle', mode: 'enroll', result: null });
    const last = await capture.start();
    expect(phases()).toEqual(['looking', 'prompting', 'deciding', 'done']);
    expect(last).toBe(capture.state);
    expect(last.result).toMatchObject({ mode: 'enroll', template: { captures: 6 } });
    const told = states.map(({ instruction }) => instruction && ('action' in instruction ? instruction.action : instruction.hint));
    expect([...new Set(told)].filter(Boolean)).toEqual(['front', 'slightly-left', 'slightly-right', 'other-distance']);
    expect(camera.state).toBe('live');
  });

  it('verifies and checks', async () => {
    expect((await capturing({ mode: 'verify' }).capture.start()).result).toMatchObject({ verification: { match: true } });
    const stranger = createFakeVerifier({ sees: { person: 'bob' } });
    const refused = await capturing({ mode: 'verify', liveness: true }, stranger).capture.start();
    expect(refused).toMatchObject({ phase: 'done', result: { verification: { match: false, session: { passed: true } } } });
    expect((await capturing({ mode: 'check' }).capture.start()).result).toMatchObject({ check: { passed: true } });
    const template = vi.fn(() => Promise.resolve(stranger.templateOf('bob')));
    const lazy = capturing({ mode: 'verify', template }, stranger).capture;
    expect((await lazy.start()).result).toMatchObject({ verification: { match: true } });
    await lazy.start();
    expect(template).toHaveBeenCalledTimes(2);
  });

  it('says before the camera that nothing can be compared with the template', async () => {
    const onCamera = vi.fn();
    const verifier = createFakeVerifier();
    const other = createFakeVerifier({ modelVersion: '0.9.0' }).templateOf('ann');
    const protection = { scheme: 'rotation-int8-1', keyId: '0123456789abcdef' } as const;
    for (const [template, code] of [
      [other, 'template-incompatible'],
      [{} as Template, 'template-invalid'],
      [undefined as never, 'template-invalid'],
      [{ ...verifier.templateOf('ann'), protection }, 'template-invalid'],
    ] as const) {
      for (const renewFrom of [undefined, createFakeVerifier({ modelVersion: '0.8.0' })]) {
        const { capture, phases } = capturing(
          { mode: 'verify', template: () => template, onCamera, ...(renewFrom && { renewFrom }) },
          verifier,
        );
        expect((await capture.start()).error, code).toMatchObject({ code });
        expect(phases()).toEqual(['loading', 'failed']);
      }
    }
    expect(onCamera).not.toHaveBeenCalled();
  });

  it('says before the camera that the rate was not measured', async () => {
    const onCamera = vi.fn();
    const { capture, phases } = capturing({ mode: 'verify', fmr: 1e-9, getReady: 5000, onCamera });
    expect((await capture.start()).error).toBeInstanceOf(RangeError);
    expect(phases()).toEqual(['failed']);
    expect(onCamera).not.toHaveBeenCalled();
  });

  it('keeps its state the same object, frozen, until something changes', async () => {
    const { capture, states } = capturing({ mode: 'check' });
    expect(capture.state).toBe(capture.state);
    capture.cancel();
    expect(states).toEqual([]);
    await capture.start();
    expect(new Set(states).size).toBe(states.length);
    expect(states.every((state) => Object.isFrozen(state))).toBe(true);
    const instructions = states.flatMap(({ instruction }) => instruction ?? []);
    expect(new Set(instructions).size).toBe(1);
  });

  it('says one thing at a time: the action, or a hint that has lasted', async () => {
    const clock = new HandClock();
    const verifier = createFakeVerifier({ sees: 'nobody' });
    const { capture, camera } = capturing({ mode: 'check', clock, timeLimit: 60_000 }, verifier);
    const ended = capture.start();
    const until = (n: number) => vi.waitFor(() => expect(capture.state.remaining).toBeLessThan(n), { ...PATIENT, interval: 1 });
    await until(59);
    expect(capture.state.instruction).toEqual({ kind: 'action', action: 'face-camera' });
    clock.time = 401;
    await until(58);
    expect(capture.state.instruction).toEqual({ kind: 'hint', hint: 'no-face' });
    verifier.sees = { person: 'ann' };
    expect(await ended).toMatchObject({ phase: 'done', instruction: null });
    camera.stop();
  });

  it('counts down before anything counts, and can be told to start at once', async () => {
    const clock = new HandClock();
    const { capture, phases } = capturing({ mode: 'check', getReady: 3000, clock });
    const ended = capture.start();
    await clock.pass(0);
    expect(capture.state).toMatchObject({ phase: 'get-ready', remaining: 3 });
    for (let i = 0; i < 5; i++) await clock.pass(250);
    expect(capture.state.remaining).toBe(2);
    capture.skip();
    expect((await ended).phase).toBe('done');
    expect(clock.pending).toBe(0);
    expect(phases()).toEqual(['get-ready', 'looking', 'deciding', 'done']);
  });

  it('skips a view', async () => {
    const { capture } = capturing({ mode: 'enroll' }, createFakeVerifier({ sees: { person: 'ann' } }));
    capture.subscribe(() => capture.skip());
    expect((await capture.start()).result).toMatchObject({ template: { captures: 3 } });
  });

  it('starts once, can be started again, and canceled at any moment', async () => {
    const { capture, verifier, states } = capturing({ mode: 'check' });
    const first = capture.start();
    expect(capture.start()).toBe(first);
    expect((await first).phase).toBe('done');
    expect((await capture.start()).phase).toBe('done');
    verifier.sees = 'nobody';
    for (let ticks = 0; ticks < 8; ticks++) {
      const running = capture.start();
      for (let i = 0; i < ticks; i++) await Promise.resolve();
      capture.cancel();
      expect(capture.state.phase).toBe('idle');
      const told = states.length;
      expect((await running).phase).toBe('idle');
      expect(states.length).toBe(told);
    }
  });

  it('mounts twice in StrictMode: the second start runs, the first changes nothing any more', async () => {
    const { capture } = capturing({ mode: 'check' });
    const first = capture.start();
    capture.cancel();
    const second = capture.start();
    expect((await first).phase).toBe('idle');
    expect((await second).phase).toBe('done');
  });

  it.each([
    ['the camera is lost', 'camera-lost', 'lose'],
    ['the camera is stopped by another', 'aborted', 'stop'],
  ] as const)('fails when %s', async (_, code, end) => {
    const { capture, verifier, camera } = capturing({ mode: 'check' });
    verifier.sees = 'nobody';
    const ended = capture.start();
    await vi.waitFor(() => expect(capture.state.phase).toBe('looking'));
    camera[end]();
    expect(await ended).toMatchObject({ phase: 'failed', error: { code }, result: null });
  });

  it('fails when the engine is lost, and says so to whoever starts it again', async () => {
    const { capture, verifier } = capturing({ mode: 'check' });
    verifier.sees = new VisavisError('backend-unavailable', 'The engine has ended.');
    expect(await capture.start()).toMatchObject({ phase: 'failed', error: { code: 'backend-unavailable' } });
    verifier.dispose();
    expect(await capture.start()).toMatchObject({ error: { code: 'disposed' } });
  });

  it('disposes of a verifier that it made, however it ends, also one that came too late', async () => {
    const made: ReturnType<typeof createFakeVerifier>[] = [];
    let wait = Promise.resolve();
    const create = async () => {
      await wait;
      return (made[made.length] = createFakeVerifier());
    };
    const capture = captureOf({}, { mode: 'check', camera: createFakeCamera() }, create);
    const phases = new Set<string>();
    capture.subscribe(() => phases.add(capture.state.phase));
    expect((await capture.start()).phase).toBe('done');
    expect([...phases]).toEqual(['loading', 'looking', 'deciding', 'done']);
    wait = new Promise((resolve) => setTimeout(resolve, 5));
    const late = capture.start();
    capture.cancel();
    await late;
    expect(made.map(({ disposed }) => disposed)).toEqual([true, true]);
    const page = new AbortController();
    const waits = ({ signal }: FaceVerifierOptions) =>
      new Promise<never>((_, reject) => signal!.addEventListener('abort', () => reject(aborted(signal!)), { once: true }));
    const ended = captureOf({ signal: page.signal }, { mode: 'check', camera: createFakeCamera() }, waits);
    const end = ended.start();
    page.abort();
    expect(await end).toMatchObject({ phase: 'failed', error: { code: 'aborted' } });
    const broken = captureOf({}, { mode: 'check' }, () => Promise.reject(new VisavisError('model-missing', 'No model.')));
    expect(await broken.start()).toMatchObject({ phase: 'failed', error: { code: 'model-missing' } });
  });

  describe('with an older model', () => {
    const ann = () => createFakeVerifier({ sees: obedient('ann'), modelVersion: '2.0.0' });
    const older = () => createFakeVerifier({ sees: obedient('ann'), modelVersion: '1.0.0' });
    const options = (template: Template) => ({ mode: 'verify' as const, template, camera: createFakeCamera() });

    it('renews a template of that, and lets go of what it loaded', async () => {
      const [verifier, from, loaded] = [ann(), older(), vi.fn()];
      const template = from.templateOf('ann');
      const create = (given: FaceVerifierOptions) => {
        expect(given).toMatchObject({ modelsUrl: '/older/' });
        given.onProgress?.({ loaded: 1, total: 2, stage: 'download' });
        return Promise.resolve(from);
      };
      const capture = captureOf(verifier, { ...options(template), renewFrom: { modelsUrl: '/older/', onProgress: loaded } }, create);
      const phases: string[] = [];
      const told: unknown[] = [];
      capture.subscribe(() => {
        const { phase, loading } = capture.state;
        if (phases.at(-1) !== phase) phases.push(phase);
        if (loading) told.push(loading.loaded);
      });
      const { result } = await capture.start();
      expect(phases).toEqual(['loading', 'looking', 'prompting', 'deciding', 'done']);
      expect([told, loaded.mock.calls.length]).toEqual([[1], 1]);
      expect(result).toMatchObject({ mode: 'verify', verification: { match: true, session: null } });
      const renewed = result?.mode === 'verify' ? result.renewed : null;
      expect(renewed).toMatchObject({ modelVersion: '2.0.0', createdAt: template.createdAt });
      expect([from.disposed, verifier.disposed]).toEqual([true, false]);
    });

    it('runs a session first where one is asked for, and decides at 1 in 10,000 or more strictly', async () => {
      const from = older();
      const template = from.templateOf('ann');
      const onCamera = vi.fn();
      const start = (fmr?: number) =>
        createCapture(ann(), { ...options(template), renewFrom: () => from, liveness: true, onCamera, ...(fmr && { fmr }) }).start();
      for (const { result } of [await start(), await start(1e-2)]) {
        // The model's threshold for 1 in 10,000.
        expect(result).toMatchObject({ verification: { match: true, session: { passed: true }, threshold: 1.04 } });
      }
      onCamera.mockClear();
      expect((await start(1e-5)).error).toBeInstanceOf(RangeError);
      expect(onCamera).not.toHaveBeenCalled();
      expect(from.disposed).toBe(false);
    });

    it('refuses somebody else, who gets no template', async () => {
      const [verifier, from] = [ann(), older()];
      verifier.sees = from.sees = obedient('bob');
      const capture = createCapture(verifier, { ...options(from.templateOf('ann')), renewFrom: from });
      const { result } = await capture.start();
      expect(result).toMatchObject({ verification: { match: false, reason: 'different-person' }, renewed: null });
    });

    it('does not load it for a template of its own', async () => {
      const verifier = ann();
      const renewFrom = vi.fn(older);
      const own = verifier.templateOf('ann');
      const template = vi.fn(() => own);
      const { result } = await createCapture(verifier, { ...options(own), template, renewFrom }).start();
      expect(result).toMatchObject({ verification: { match: true }, renewed: null });
      expect(template).toHaveBeenCalledOnce();
      expect(renewFrom).not.toHaveBeenCalled();
    });

    it('says before the camera that neither made a template, or that it is none', async () => {
      const onCamera = vi.fn();
      const other = createFakeVerifier({ modelVersion: '0.9.0' }).templateOf('ann');
      const incompatible = await createCapture(ann(), { ...options(other), renewFrom: older(), onCamera }).start();
      expect(incompatible.error).toMatchObject({ code: 'template-incompatible' });
      expect(incompatible.error?.message).toMatch(/0\.9\.0.*2\.0\.0.*1\.0\.0/);
      const short = { ...older().templateOf('ann'), embedding: Float32Array.of(1, 0, 0, 0) };
      const shorter = await createCapture(ann(), { ...options(short), renewFrom: older(), onCamera }).start();
      expect(shorter.error).toMatchObject({ code: 'template-incompatible' });
      const none = await createCapture(ann(), { ...options({} as never), renewFrom: older(), onCamera }).start();
      expect(none.error).toMatchObject({ code: 'template-invalid' });
      expect(onCamera).not.toHaveBeenCalled();
    });

    it('does not load it for a protected template that came with another’s key', async () => {
      const [renewFrom, mine, other] = [vi.fn(older), await createProtectionKey(), await createProtectionKey()];
      const { protection, ...rest } = await protectTemplate(older().templateOf('ann'), mine);
      const template = { ...rest, protection: { ...protection!, key: other } };
      const { error } = await createCapture(ann(), { ...options(template), renewFrom }).start();
      expect(error).toMatchObject({ code: 'template-invalid' });
      expect(renewFrom).not.toHaveBeenCalled();
    });

    it('says so where a function gives no verifier', async () => {
      const template = older().templateOf('ann');
      for (const none of [undefined, null, {}]) {
        const capture = createCapture(ann(), { ...options(template), renewFrom: () => none as never });
        const { error } = await capture.start();
        expect(error).toBeInstanceOf(TypeError);
        expect(error?.message).toMatch(/expected renewFrom to give a face verifier, got/);
      }
    });

    it('gives up with what kept it from loading, and lets go of one that comes too late', async () => {
      const template = older().templateOf('ann');
      const gone = () => Promise.reject(new VisavisError('model-missing', 'No model.'));
      const capture = captureOf(ann(), { ...options(template), renewFrom: {} }, gone);
      expect(await capture.start()).toMatchObject({ phase: 'failed', error: { code: 'model-missing' } });
      const late = older();
      let arrive = () => {};
      const create = () => new Promise<FaceVerifier>((resolve) => (arrive = () => resolve(late)));
      const slow = captureOf(ann(), { ...options(template), renewFrom: {} }, create);
      const ended = slow.start();
      await vi.waitFor(() => expect(slow.state.phase).toBe('loading'));
      slow.cancel();
      arrive();
      await ended;
      await vi.waitFor(() => expect(late.disposed).toBe(true));
    });
  });

  it('enrolls from mirrored frames where its session is told so', async () => {
    const sees = (asked: CaptureAction | null) => {
      const { yaw = 0, ...face } = obedient('ann')(asked);
      return { ...face, yaw: -yaw };
    };
    const enrolled = async (liveness: CaptureOptions['liveness']) =>
      (await capturing({ mode: 'enroll', liveness: liveness!, timeLimit: 1000 }, createFakeVerifier({ sees })).capture.start()).result;
    expect(await enrolled({ mirrored: true })).toMatchObject({ template: { captures: 6 } });
    expect(await enrolled(true)).toMatchObject({ template: { captures: 4 } });
  });

  it('can be canceled by a listener, at the first thing that it is told', async () => {
    const made = vi.fn(() => Promise.resolve(createFakeVerifier()));
    const capture = captureOf({}, { mode: 'check', camera: createFakeCamera() }, made);
    capture.subscribe(() => capture.cancel());
    expect((await capture.start()).phase).toBe('idle');
  });

  it('asks the page for nothing more once it is canceled', async () => {
    const [onCamera, template, renewFrom] = [vi.fn(), vi.fn(), vi.fn()];
    const checks = capturing({ mode: 'check', onCamera }).capture;
    const renews = capturing({ mode: 'verify', template, renewFrom, onCamera }).capture;
    for (const capture of [checks, renews]) {
      const ended = capture.start();
      capture.cancel();
      expect((await ended).phase).toBe('idle');
    }
    const { capture: told } = capturing({ mode: 'verify', template, renewFrom, onCamera });
    told.subscribe(() => told.cancel());
    await told.start();
    for (const asked of [onCamera, template, renewFrom]) expect(asked).not.toHaveBeenCalled();
  });

  it('survives a listener that throws, and forgets one that left', async () => {
    const { capture, states } = capturing({ mode: 'check' });
    const queued = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
    const gone = vi.fn();
    capture.subscribe(gone)();
    capture.subscribe(() => {
      throw new Error('the view');
    });
    expect((await capture.start()).phase).toBe('done');
    expect(queued).toHaveBeenCalledTimes(states.length);
    expect(gone).not.toHaveBeenCalled();
  });

  it('refuses wrong options', () => {
    const verifier = createFakeVerifier();
    expect(() => createCapture(verifier, { mode: 'login' as never })).toThrow(RangeError);
    expect(() => createCapture(verifier, { mode: 'verify' })).toThrow(/expected a template/);
    expect(() => createCapture(verifier, { mode: 'check', fmr: 1e-3 })).toThrow(/mode verify only/);
    expect(() => createCapture(verifier, { mode: 'enroll', renewFrom: {} })).toThrow(/mode verify only/);
    expect(() => createCapture(verifier, { mode: 'check', getReady: -1 })).toThrow(RangeError);
    expect(() => createCapture(verifier, { mode: 'check', ready: 1 } as never)).toThrow(/expected options of createCapture/);
    for (const [wrong, message] of [
      [{ timeLimit: 5 }, /expected a time limit of 1000 to 60000 ms/],
      [{ liveness: 'yes' }, /expected liveness to be true, false or the options/],
      [{ liveness: { challenges: ['blink'] } }, /expected at least one of turn-left/],
      [{ liveness: { chalenges: ['blink'] } }, /expected options of createLivenessSession/],
      [{ onCamera: 'x' }, /expected onCamera to be a function/],
      [{ camera: null }, /expected camera to be an open camera or the options of one, got null/],
      [{ camera: { facingMode: 'back' } }, /expected facingMode/],
      [{ camera: { width: NaN } }, /expected width to be 1 to 32768 pixels/],
    ] as const) {
      expect(() => createCapture(verifier, { mode: 'check', ...wrong } as never), String(message)).toThrow(message);
    }
    const verify = { mode: 'verify', template: verifier.templateOf('ann') } as const;
    for (const renewFrom of [5, null, Promise.resolve(verifier)]) {
      expect(() => createCapture(verifier, { ...verify, renewFrom } as never)).toThrow(/expected renewFrom to be a verifier/);
    }
    const misspelled = { modelUrl: '/models/' } as never;
    expect(() => createCapture(verifier, { ...verify, renewFrom: misspelled })).toThrow(/the nearest is "modelsUrl"/);
    expect(() => createCapture(misspelled, { mode: 'check' })).toThrow(/the nearest is "modelsUrl"/);
    const deaf = { onProgress: 'x' } as never;
    expect(() => createCapture(deaf, { mode: 'check' })).toThrow(/expected onProgress to be a function/);
    expect(() => createCapture(verifier, { ...verify, renewFrom: deaf })).toThrow(/expected onProgress to be a function/);
    for (const wrong of [Promise.resolve(verifier), undefined, null, () => verifier]) {
      expect(() => createCapture(wrong as never, { mode: 'check' })).toThrow(/expected a face verifier or the options of one, got/);
    }
    expect(() => createCapture(Promise.resolve(verifier) as never, { mode: 'check' })).toThrow(/got Promise: await it first/);
  });
});
