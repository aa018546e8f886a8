import { beforeEach, describe, expect, it, vi } from 'vitest';
import { syntheticFace, type SyntheticPose } from '../../ceremony/liveness/fixtures/syntheticFace.js';
import type { EnrollLiveOptions, EnrollmentHint, EnrollmentProgress, EnrollmentPrompt, EnrollmentView } from '../../shared/enrollment.js';
import type { EmbedResult, LookResult } from '../../shared/captures.js';
import type { LivenessOptions, LivenessResult } from '../../shared/liveness.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { enrollLiveFrom } from './enrollLiveFrom.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { registerResult } from './livenessResults.js';
import type { Looker } from './Looker.js';
import type { TimedSource } from '../camera/timedFrames.js';

const POSES: Record<EnrollmentView, SyntheticPose> = {
  front: {},
  'slightly-left': { yaw: 15 },
  'slightly-right': { yaw: -15 },
  'other-distance': { scale: 1.3 },
};
const INFO = {
  ...{ model: 'm', modelVersion: '1', pipelineVersion: 1, embeddingSize: 4 },
  operatingPoints: [
    { fmr: 1e-2, threshold: 1.2 },
    { fmr: 1e-3, threshold: 1.1 },
  ],
} as unknown as VerifierInfo;

/** Eyes that see what they are told. */
class Scripted implements Looker {
  readonly info = INFO;
  pose: SyntheticPose = {};
  who = [1, 0, 0, 0];
  trouble: VisavisError | null = null;
  /** Every embedding that was given away. */
  readonly given: Float32Array[] = [];

  analyze(): never {
    throw new Error('an enrollment embeds');
  }

  look(): Promise<LookResult> {
    if (this.trouble) return Promise.reject(this.trouble);
    const embedding = Float32Array.from(this.who);
    this.given.push(embedding);
    return Promise.resolve({ face: syntheticFace(this.pose), embedding });
  }
}

let looker: Scripted;
let view: EnrollmentView | null;
let asked: EnrollmentView[];
let hints: (EnrollmentHint | null)[];
beforeEach(() => {
  looker = new Scripted();
  [view, asked, hints] = [null, [], []];
});

const parts = (eyes: Looker) => ({ looker: eyes, drawSession: () => expect.unreachable('no session was asked for') });

/** Ten frames a second; `act` poses before each. */
async function* frames(act: (n: number) => void, limit = 1000): AsyncGenerator<TimedSource> {
  for (let n = 0; n < limit; n++) {
    act(n);
    await Promise.resolve();
    yield { source: {} as ImageSource, time: 100 * n };
  }
}

const enroll = (act: (n: number) => void, options: EnrollLiveOptions = {}, limit?: number) =>
  enrollLiveFrom(parts(looker), frames(act, limit), {
    ...options,
    onPrompt: ({ action }) => asked.push((view = action)),
    onProgress: ({ hint }) => hints.push(hint),
  });
const obey = () => (looker.pose = POSES[view!]);

describe('enrollLiveFrom', () => {
  it('asks for each view once, and makes one template of six captures', async () => {
    const indices: number[] = [];
    const template = await enroll(obey, { onCapture: ({ index, accepted }) => indices.push(accepted ? index : -1) });
    expect(asked).toEqual(['front', 'slightly-left', 'slightly-right', 'other-distance']);
    expect(template).toMatchObject({ model: 'm', captures: 6 });
    expect(template.consistency).toBeCloseTo(1);
    expect([...template.embedding]).toEqual([1, 0, 0, 0]);
    expect(indices).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('says what to change', async () => {
    const wrong: Record<EnrollmentView, SyntheticPose> = {
      front: { yaw: 20 },
      'slightly-left': { yaw: 40 },
      'slightly-right': {},
      'other-distance': {},
    };
    let seen = 0;
    let last: EnrollmentView | null = null;
    await enroll(() => {
      if (view !== last) [last, seen] = [view, 0];
      looker.pose = (seen++ < 5 ? wrong : POSES)[view!];
    });
    expect(hints).toEqual(expect.arrayContaining(['look-straight', 'turn-back', 'turn-further', 'change-distance', 'hold-still', null]));
  });

  it('takes the sides the other way round for mirrored frames', async () => {
    const mirrored: SyntheticPose[] = [{}, { yaw: -15 }, { yaw: 15 }, { scale: 0.8 }];
    const template = await enroll(() => (looker.pose = mirrored[Math.max(0, asked.length - 1)]!), { mirrored: true });
    expect(template.captures).toBe(6);
  });

  describe('with a session first', () => {
    const session = (captures: EmbedResult[] = [], rests: Float32Array[] = []) =>
      registerResult({ passed: true, challenges: [], captures, finishedAt: '' } as unknown as LivenessResult, rests);
    const enrollAfter = (result: LivenessResult, options: EnrollLiveOptions, act: () => void) => {
      const drawn: LivenessOptions[] = [];
      const drawSession = (given: LivenessOptions) => ({ run: () => (drawn.push(given), Promise.resolve(result)) });
      const onPrompt = ({ action }: EnrollmentPrompt) => asked.push((view = action));
      return { drawn, enrolled: enrollLiveFrom({ looker, drawSession }, frames(act), { ...options, onPrompt }) };
    };

    it('takes frames for mirrored in both where one of them says so', async () => {
      const poses: SyntheticPose[] = [{}, { yaw: -15 }, { yaw: 15 }, { scale: 0.8 }];
      for (const options of [{ mirrored: true, liveness: {} }, { liveness: { mirrored: true } }] as EnrollLiveOptions[]) {
        [view, asked] = [null, []];
        const { drawn, enrolled } = enrollAfter(session(), options, () => (looker.pose = poses[Math.max(0, asked.length - 1)]!));
        expect((await enrolled).captures).toBe(6);
        expect(drawn).toEqual([{ mirrored: true }]);
      }
      [view, asked] = [null, []];
      const { drawn, enrolled } = enrollAfter(session(), { liveness: {} }, obey);
      expect((await enrolled).captures).toBe(6);
      expect(drawn).toEqual([{ mirrored: false }]);
    });

    it('overwrites all that the session keeps', async () => {
      const made = Array.from({ length: 4 }, () => Float32Array.of(1, 0, 0, 0));
      const captures = made.slice(0, 2).map((embedding) => ({ face: syntheticFace(), embedding }));
      await enrollAfter(session(captures, made.slice(2)), { liveness: {} }, obey).enrolled;
      for (const embedding of made) expect([...embedding]).toEqual([0, 0, 0, 0]);
    });

    it('refuses wrong options before it', async () => {
      const { drawn, enrolled } = enrollAfter(session(), { liveness: {}, timeLimit: 10 }, obey);
      await expect(enrolled).rejects.toThrow(RangeError);
      expect(drawn).toEqual([]);
    });
  });

  it('leaves out views that are not seen in time, and goes on', async () => {
    const template = await enroll(() => (looker.pose = {}), { timeLimit: 1000 });
    expect(asked).toHaveLength(4);
    expect(template.captures).toBe(3);
  });

  it('leaves out a view that the person skips, at once, but not the front', async () => {
    const template = await enrollLiveFrom(
      parts(looker),
      frames(() => (looker.pose = {}), 20),
      {
        onPrompt({ action, skip }) {
          asked.push(action);
          expect(skip === null).toBe(action === 'front');
          skip?.();
        },
      },
    );
    expect(asked).toEqual(['front', 'slightly-left', 'slightly-right', 'other-distance']);
    expect(template.captures).toBe(3);
  });

  it('takes nobody else into the template', async () => {
    const template = await enroll(
      () => {
        obey();
        looker.who = view === 'slightly-left' ? [0, 1, 0, 0] : [1, 0, 0, 0];
      },
      { timeLimit: 1000 },
    );
    expect(hints).toContain('other-person');
    expect(template.captures).toBe(5);
    expect([...template.embedding]).toEqual([1, 0, 0, 0]);
  });

  it.each(['no-face', 'several-faces'] as const)('without a front in time: %s', async (code) => {
    looker.trouble = new VisavisError(code, 'x');
    await expect(enroll(() => undefined, { timeLimit: 1000 })).rejects.toMatchObject({ code });
    expect(asked).toEqual(['front']);
  });

  it('names the reasons of a low quality, and what was missing when the frames end', async () => {
    looker.trouble = null;
    const dark = () => {
      const face = syntheticFace();
      looker.look = () => Promise.resolve({ face: { ...face, quality: { ...face.quality, reasons: ['too-dark'] } }, embedding: null });
    };
    await expect(enroll(dark, { timeLimit: 1000 })).rejects.toMatchObject({ code: 'low-quality', reasons: ['too-dark'] });
    looker = new Scripted();
    await expect(enroll(() => (looker.pose = { yaw: 30 }), {}, 3)).rejects.toThrow(/look-straight/);
  });

  it('ends at once when it is aborted, and lets go of the frames', async () => {
    const controller = new AbortController();
    let closed = false;
    async function* endless(): AsyncGenerator<TimedSource> {
      try {
        for (let n = 0; ; n++) {
          if (n === 4) controller.abort();
          await Promise.resolve();
          yield { source: {} as ImageSource, time: 100 * n };
        }
      } finally {
        closed = true;
      }
    }
    await expect(enrollLiveFrom(parts(looker), endless(), { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(closed).toBe(true);
  });

  it('is aborted also while the page is told that it is decided', async () => {
    const controller = new AbortController();
    const aborted = enroll(obey, { signal: controller.signal, onDecide: () => controller.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    for (const embedding of looker.given) expect([...embedding]).toEqual([0, 0, 0, 0]);
  });

  it.each(['nothing from the start', 'nothing any more'])('does not wait for ever for frames: %s', async (when) => {
    vi.useFakeTimers();
    try {
      async function* stalled(): AsyncGenerator<TimedSource> {
        if (when === 'nothing any more') yield* frames(obey, 6);
        await new Promise(() => undefined);
      }
      const outcome = enrollLiveFrom(parts(looker), stalled(), { timeLimit: 3000 }).catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(3100);
      expect(await outcome).toMatchObject({ code: 'camera-lost', message: expect.stringContaining('No picture came') as string });
      expect(looker.given.length > 0).toBe(when === 'nothing any more');
    } finally {
      vi.useRealTimers();
    }
  });

  it('overwrites every embedding, of the frames that were taken too, whether there is a template or not', async () => {
    const template = await enroll(obey);
    expect([...template.embedding]).toEqual([1, 0, 0, 0]);
    expect(looker.given.length).toBeGreaterThan(6);
    looker.pose = {};
    [view, asked] = [null, []];
    await expect(enroll(() => undefined, {}, 5)).rejects.toMatchObject({ code: 'low-quality' });
    for (const embedding of looker.given) expect([...embedding]).toEqual([0, 0, 0, 0]);
  });

  it('tells prompts and progress as a liveness session does', async () => {
    const prompts: EnrollmentPrompt[] = [];
    const progress: EnrollmentProgress[] = [];
    await enrollLiveFrom(parts(looker), frames(obey), {
      onPrompt(prompt) {
        prompts.push(prompt);
        view = prompt.action;
      },
      onProgress: (p) => progress.push(p),
    });
    expect(prompts.map(({ done, total }) => [done, total])).toEqual([[0, 6], [3, 6], [4, 6], [5, 6]]); // prettier-ignore
    const front = progress.filter(({ prompt }) => prompt.action === 'front').map((p) => p.progress);
    expect(front).toEqual([...front].sort((a, b) => a - b));
    for (const { progress: seen, remaining, prompt } of progress) {
      expect(seen).toBeGreaterThanOrEqual(0);
      expect(seen).toBeLessThanOrEqual(1);
      expect(remaining).toBeLessThanOrEqual(prompt.timeLimit);
    }
  });

  it('says what it expects', async () => {
    await expect(enrollLiveFrom(parts(looker), {} as never, {})).rejects.toThrow(/expected a camera/);
    await expect(enrollLiveFrom(parts(looker), frames(obey), { timeLimit: 10 })).rejects.toThrow(RangeError);
  });
});
