import { beforeEach, describe, expect, it, vi } from 'vitest';
import { syntheticFace, type SyntheticPose } from '../../ceremony/liveness/fixtures/syntheticFace.js';
import { litBy } from '../../ceremony/liveness/fixtures/syntheticLight.js';
import type { Challenge, LivenessOptions, LivenessPrompt, LivenessRunOptions } from '../../shared/liveness.js';
import type { FrameOptions } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { createLivenessSession } from './createLivenessSession.js';
import { drawSession } from './drawSession.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { redeem } from './livenessResults.js';
import type { Looker } from './Looker.js';
import type { TimedSource } from '../camera/timedFrames.js';

const ME = Float32Array.of(1, 0, 0, 0);
const POSES: Record<Challenge, SyntheticPose> = {
  'turn-left': { yaw: 28 },
  'turn-right': { yaw: -28 },
  'look-up': { pitch: 20 },
  'look-down': { pitch: -20 },
  'come-closer': { scale: 1.4 },
  blink: { eyes: 0.3 },
  'open-mouth': { mouth: 0.5 },
};

/** Eyes that see what they are told. */
class Scripted implements Looker {
  pose: SyntheticPose = {};
  trouble: VisavisError | null = null;
  /** Every embedding that was given away. */
  readonly given: Float32Array[] = [];

  get info(): never {
    throw new Error('nobody asks');
  }

  /** The face that is shown. */
  shows = (): Float32Array => ME.slice();

  look() {
    if (this.trouble) return Promise.reject(this.trouble);
    const embedding = this.shows();
    this.given.push(embedding);
    return Promise.resolve({ face: syntheticFace(this.pose), embedding });
  }

  /** Somebody at the edge, whom following the first face does not find. */
  aside = false;

  /** As for a video, whose faces are followed unless it is told otherwise. */
  async analyze(_source: ImageSource, { track = true }: FrameOptions = {}) {
    if (this.trouble?.code === 'no-face') return [];
    await Promise.resolve();
    if (this.trouble) throw this.trouble;
    const face = syntheticFace(this.pose);
    return this.aside && !track ? [face, face] : [face];
  }
}

let looker: Scripted;
let asked: LivenessPrompt[];
/** What the page was told to show. */
let shown: (string | null)[];
beforeEach(() => {
  looker = new Scripted();
  asked = [];
  shown = [];
});

/** Ten frames a second of someone who takes half a second to do what is asked. */
async function* frames(limit = 2000): AsyncGenerator<TimedSource> {
  let [prompt, since] = [asked.at(-1), 0];
  let [from, goal]: [SyntheticPose, SyntheticPose] = [{}, {}];
  for (let n = 0; n < limit; n++) {
    const time = 100 * n;
    if (asked.at(-1) !== prompt) {
      [prompt, since, from] = [asked.at(-1), time, goal];
      goal = !prompt || prompt.action === 'face-camera' || prompt.action === 'hold-still' ? {} : POSES[prompt.action];
    }
    const action = prompt?.action;
    const share = Math.min(1, (time - since) / 500);
    const eyes = action === 'blink' && time - since > 400 && time - since < 800 ? 0.3 : 1;
    const part = (key: Exclude<keyof SyntheticPose, 'light'>, rest: number) =>
      (1 - share) * (from[key] ?? rest) + share * (goal[key] ?? rest);
    looker.pose = {
      ...{ yaw: part('yaw', 0), pitch: part('pitch', 0), scale: part('scale', 1), mouth: part('mouth', 0) },
      ...{ eyes, noise: n + 1, light: litBy(shown.at(-1) ?? null) },
    };
    await Promise.resolve();
    yield { source: {} as ImageSource, time };
  }
}

const run = (options: LivenessOptions, signal?: AbortSignal) =>
  drawSession(looker, options).run(frames(), { signal, onPrompt: (prompt) => asked.push(prompt) });

describe('createLivenessSession', () => {
  it('resolves to a result that verify may use, for someone who does what is asked', async () => {
    const result = await run({ challenges: ['turn-left', 'blink', 'open-mouth'] });
    expect(result).toMatchObject({ passed: true, done: 3 });
    expect(result).not.toHaveProperty('reason');
    expect(asked.map(({ action }) => action)).toEqual(
      result.challenges.flatMap((challenge) => ['face-camera', challenge]).concat('face-camera'),
    );
    expect(asked.map(({ done }) => done)).toEqual([0, 0, 1, 1, 2, 2, 3]);
    expect(result.captures).toHaveLength(4);
    expect(redeem(result)).toMatchObject({ refusal: null, proof: { challenges: result.challenges, finishedAt: result.finishedAt } });
  });

  it('resolves to a result with a reason for someone who does not', async () => {
    POSES['turn-left'] = { yaw: -28 };
    try {
      const result = await run({ challenges: ['turn-left'] });
      expect(result).toMatchObject({ passed: false, reason: 'wrong-action', done: 0, captures: [] });
      expect(redeem(result).refusal).toBe('liveness-failed');
    } finally {
      POSES['turn-left'] = { yaw: 28 };
    }
  });

  it('looks everywhere before it says that a session was passed', async () => {
    looker.aside = true;
    const result = await run({ challenges: ['turn-left'] });
    expect(result).toMatchObject({ passed: false, reason: 'several-faces', done: 1, captures: [] });
  });

  it('ends with frames that end, and when nobody comes', async () => {
    const cut = await drawSession(looker, { challenges: ['look-up'] }).run(frames(5));
    expect(cut).toMatchObject({ passed: false, reason: 'interrupted' });
    looker.trouble = new VisavisError('no-face', 'nobody');
    expect(await run({ challenges: ['look-up'], timeLimit: 2000 })).toMatchObject({ passed: false, reason: 'timeout', done: 0 });
  });

  it('gives away captures of every time the person faced the camera, and at least three', async () => {
    /** A face that is another direction for each rest, within what one person's may be. */
    looker.shows = () => {
      const angle = 0.1 * asked.length;
      return Float32Array.of(Math.cos(angle), Math.sin(angle), 0, 0);
    };
    for (const [count, each] of [
      [1, 2],
      [2, 1],
      [3, 1],
    ] as const) {
      asked = [];
      const result = await run({ challenges: ['turn-left', 'look-up', 'come-closer'], count });
      expect(result).toMatchObject({ passed: true });
      const rests = Array.from({ length: count + 1 }, (_, k) => Math.cos(0.1 * (2 * k + 1)));
      const firsts = result.captures.map(({ embedding }) => embedding[0]);
      expect(firsts.map((value) => value.toFixed(3))).toEqual(rests.flatMap((value) => Array<string>(each).fill(value.toFixed(3))));
      expect(redeem(result).rests.map((rest) => rest[0].toFixed(3))).toEqual(rests.map((value) => value.toFixed(3)));
    }
  });

  it('ends where the face at one rest is not the one at the others', async () => {
    looker.shows = () => (asked.length >= 5 ? Float32Array.of(0.7, 0.714, 0, 0) : ME.slice());
    expect(await run({ challenges: ['turn-left', 'look-up'] })).toMatchObject({ passed: false, reason: 'identity-changed', captures: [] });
  });

  it('times frames without a time as they arrive, and refuses times that no clock shows', async () => {
    const retimed = async (time: (given: number, n: number) => unknown) => {
      let n = 0;
      async function* source() {
        for await (const frame of frames(40)) yield { ...frame, time: time(frame.time!, n++) as number };
      }
      asked = [];
      return drawSession(looker, { challenges: ['turn-left'] }).run(source(), { onPrompt: (prompt) => asked.push(prompt) });
    };
    for (const wrong of [NaN, Infinity, '3']) await expect(retimed((time, n) => (n < 9 ? time : wrong))).rejects.toThrow(TypeError);
    await expect(retimed((time, n) => (n < 9 ? time : 0))).rejects.toThrow(/after the 800 of the frame before, got 0/);
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const arriving = await retimed(() => void vi.advanceTimersByTime(100));
      expect(arriving).toMatchObject({ passed: true, measures: { interval: 100 } });
      // Where no time passes between them, pictures that are shown in turn are not seen for long enough.
      expect(await retimed(() => undefined)).toMatchObject({ passed: false, reason: 'interrupted' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('rejects with what goes wrong besides: a signal, a lost engine', async () => {
    await expect(run({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    looker.trouble = new VisavisError('disposed', 'gone');
    await expect(run({})).rejects.toMatchObject({ code: 'disposed' });
  });

  it('with light shows five colors after a neutral one, and puts them out', async () => {
    const show = (color: string | null) => shown.push(color);
    const result = await run({ challenges: ['turn-left'], light: { show } });
    expect(result).toMatchObject({ passed: true, done: 1 });
    expect(result.measures.light!.strength).toBeGreaterThan(0.1);
    expect(asked.map(({ action }) => action)).toEqual(['face-camera', 'turn-left', 'face-camera', 'hold-still']);
    expect(shown).toHaveLength(7);
    expect(new Set(shown).size).toBe(7);
    expect(shown.at(-1)).toBeNull();
    expect(result.captures).toHaveLength(4);
    expect(redeem(result).refusal).toBeNull();
  });

  it('puts the light out when the session is ended, fails, or the page cannot show it; asks for none where it fails before', async () => {
    const abort = new AbortController();
    const stop = (color: string | null) => {
      shown.push(color);
      if (shown.length === 2) abort.abort();
    };
    await expect(run({ challenges: ['turn-left'], light: { show: stop } }, abort.signal)).rejects.toMatchObject({ code: 'aborted' });
    expect([shown.length, shown.at(-1)]).toEqual([3, null]);

    [shown, asked] = [[], []];
    const lose = (color: string | null) => {
      shown.push(color);
      if (shown.length === 2) looker.trouble = new VisavisError('disposed', 'gone');
    };
    await expect(run({ challenges: ['turn-left'], light: { show: lose } })).rejects.toMatchObject({ code: 'disposed' });
    expect([shown.length, shown.at(-1)]).toEqual([3, null]);

    looker = new Scripted();
    [shown, asked] = [[], []];
    const fail = (color: string | null) => {
      shown.push(color);
      if (color) throw new Error('no screen');
    };
    await expect(run({ challenges: ['turn-left'], light: { show: fail } })).rejects.toThrow('no screen');
    expect(shown.at(-1)).toBeNull();

    [shown, asked] = [[], []];
    looker.trouble = new VisavisError('no-face', 'nobody');
    await run({ challenges: ['turn-left'], timeLimit: 3000, light: { show: (color) => shown.push(color) } });
    expect(shown).toEqual([]);
  });

  it('does not wait for ever for frames, and puts the light out', async () => {
    vi.useFakeTimers();
    try {
      async function* stalled(): AsyncGenerator<TimedSource> {
        for await (const frame of frames()) {
          yield frame;
          if (shown.length === 2) await new Promise(() => undefined);
        }
      }
      const options = { challenges: ['turn-left' as const], timeLimit: 5000, light: { show: (color: string | null) => shown.push(color) } };
      const outcome = drawSession(looker, options)
        .run(stalled(), { onPrompt: (prompt) => asked.push(prompt) })
        .catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(5100);
      expect(await outcome).toMatchObject({ code: 'camera-lost' });
      expect([shown.length, shown.at(-1)]).toEqual([3, null]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('overwrites every embedding but those of the captures that it gives away', async () => {
    const { captures } = await run({ challenges: ['turn-left'] });
    const kept = captures.map(({ embedding }) => embedding);
    expect(looker.given.length).toBeGreaterThan(kept.length);
    for (const embedding of looker.given) expect(embedding[0]).toBe(kept.includes(embedding) ? 1 : 0);
    looker.aside = true;
    [asked] = [[]];
    await run({ challenges: ['turn-left'] });
    for (const embedding of looker.given) expect(embedding[0]).toBe(kept.includes(embedding) ? 1 : 0);
  });

  it('overwrites every one where nobody gets the result: a listener throws, or aborts it, at the very end', async () => {
    for (const end of ['throw', 'abort', 'light'] as const) {
      [looker, asked, shown] = [new Scripted(), [], []];
      const abort = new AbortController();
      let rested = false;
      const onProgress: LivenessRunOptions['onProgress'] = ({ prompt, progress }) => {
        rested = prompt.action === 'face-camera' && prompt.done === 1 && progress === 1;
        if (rested && end === 'throw') throw new Error('the page');
        if (rested && end === 'abort') abort.abort();
      };
      const light = {
        show(color: string | null) {
          shown.push(color);
          if (color === null) throw new Error('the page');
        },
      };
      const drawn = drawSession(looker, { challenges: ['turn-left'], ...(end === 'light' && { light }) });
      const options = { signal: abort.signal, onPrompt: (prompt: LivenessPrompt) => asked.push(prompt), onProgress };
      await expect(drawn.run(frames(), options)).rejects.toThrow(end === 'abort' ? 'aborted' : 'the page');
      expect([end, looker.given.filter((embedding) => embedding[0] !== 0)]).toEqual([end, []]);
    }
  });

  it('runs once, and on frames only', async () => {
    const session = drawSession(looker, { challenges: ['turn-left'] });
    await expect(session.run({} as AsyncIterable<TimedSource>)).rejects.toThrow(/expected a camera or an async iterable/);
    await session.run(frames(1));
    await expect(session.run(frames(1))).rejects.toThrow(/expected a new liveness session/);
  });

  it('draws from what it is given, with a turn at least', () => {
    expect(drawSession(looker, {}).challenges).toHaveLength(3);
    expect([...drawSession(looker, { challenges: ['blink', 'turn-left'] }).challenges].sort()).toEqual(['blink', 'turn-left']);
    for (const wrong of [
      { challenges: ['blink'] },
      { challenges: [] },
      { challenges: ['wink', 'turn-left'] },
      { count: 0 },
      { count: 8 },
      { count: 1.5 },
      { timeLimit: 10 },
      { timeLimit: NaN },
      { timeLimit: 2999, light: { show: () => undefined } },
    ]) {
      expect(() => drawSession(looker, wrong as LivenessOptions)).toThrow(RangeError);
    }
    expect(() => drawSession(looker, { challenges: 'blink' as unknown as [] })).toThrow(TypeError);
    expect(() => drawSession(looker, { light: {} as { show: () => void } })).toThrow(/expected light to have a function show/);
    expect(() => createLivenessSession('verifier' as unknown as FaceVerifier)).toThrow(TypeError);
  });
});
