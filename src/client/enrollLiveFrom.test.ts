import { beforeEach, describe, expect, it } from 'vitest';
import { syntheticFace, type SyntheticPose } from '../ceremony/liveness/fixtures/syntheticFace.js';
import type { EnrolLiveOptions, EnrollmentHint, EnrollmentView } from '../shared/enrollment.js';
import type { LookResult } from '../shared/captures.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { EngineBridge } from './EngineBridge.js';
import { FaceVerifier } from './FaceVerifier.js';
import type { ImageSource } from './ImageSource.js';
import type { TimedSource } from './timedFrames.js';

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

/** A verifier that sees what it is told. */
class Scripted extends FaceVerifier {
  pose: SyntheticPose = {};
  who = [1, 0, 0, 0];
  trouble: VisavisError | null = null;

  constructor() {
    super(null as unknown as EngineBridge, () => INFO);
  }

  override look(): Promise<LookResult> {
    if (this.trouble) return Promise.reject(this.trouble);
    return Promise.resolve({ face: syntheticFace(this.pose), embedding: Float32Array.from(this.who) });
  }
}

let verifier: Scripted;
let view: EnrollmentView | null;
let asked: EnrollmentView[];
let hints: (EnrollmentHint | null)[];
beforeEach(() => {
  verifier = new Scripted();
  [view, asked, hints] = [null, [], []];
});

/** Ten frames a second; `act` poses before each. */
async function* frames(act: (n: number) => void, limit = 1000): AsyncGenerator<TimedSource> {
  for (let n = 0; n < limit; n++) {
    act(n);
    await Promise.resolve();
    yield { source: {} as ImageSource, time: 100 * n };
  }
}

const enroll = (act: (n: number) => void, options: EnrolLiveOptions = {}, limit?: number) =>
  verifier.enrolLive(frames(act, limit), {
    ...options,
    onPrompt: (prompt) => asked.push((view = prompt.view)),
    onProgress: ({ hint }) => hints.push(hint),
  });
const obey = () => (verifier.pose = POSES[view!]);

describe('enrolLive', () => {
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
      verifier.pose = (seen++ < 5 ? wrong : POSES)[view!];
    });
    expect(hints).toEqual(expect.arrayContaining(['look-straight', 'turn-back', 'turn-further', 'change-distance', 'hold-still', null]));
  });

  it('takes the sides the other way round for mirrored frames', async () => {
    const mirrored: SyntheticPose[] = [{}, { yaw: -15 }, { yaw: 15 }, { scale: 0.8 }];
    const template = await enroll(() => (verifier.pose = mirrored[Math.max(0, asked.length - 1)]!), { mirrored: true });
    expect(template.captures).toBe(6);
  });

  it('leaves out views that are not seen in time, and goes on', async () => {
    const template = await enroll(() => (verifier.pose = {}), { timeLimit: 1000 });
    expect(asked).toHaveLength(4);
    expect(template.captures).toBe(3);
  });

  it('leaves out a view that the person skips, at once, but not the front', async () => {
    const template = await verifier.enrolLive(
      frames(() => (verifier.pose = {}), 20),
      {
        onPrompt({ view, skip }) {
          asked.push(view);
          expect(skip === null).toBe(view === 'front');
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
        verifier.who = view === 'slightly-left' ? [0, 1, 0, 0] : [1, 0, 0, 0];
      },
      { timeLimit: 1000 },
    );
    expect(hints).toContain('other-person');
    expect(template.captures).toBe(5);
    expect([...template.embedding]).toEqual([1, 0, 0, 0]);
  });

  it.each(['no-face', 'several-faces'] as const)('without a front in time: %s', async (code) => {
    verifier.trouble = new VisavisError(code, 'x');
    await expect(enroll(() => undefined, { timeLimit: 1000 })).rejects.toMatchObject({ code });
    expect(asked).toEqual(['front']);
  });

  it('names the reasons of a low quality, and what was missing when the frames end', async () => {
    verifier.trouble = null;
    const dark = () => {
      const face = syntheticFace();
      verifier.look = () => Promise.resolve({ face: { ...face, quality: { ...face.quality, reasons: ['too-dark'] } }, embedding: null });
    };
    await expect(enroll(dark, { timeLimit: 1000 })).rejects.toMatchObject({ code: 'low-quality', reasons: ['too-dark'] });
    verifier = new Scripted();
    await expect(enroll(() => (verifier.pose = { yaw: 30 }), {}, 3)).rejects.toThrow(/look-straight/);
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
    await expect(verifier.enrolLive(endless(), { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(closed).toBe(true);
  });

  it('says what it expects', async () => {
    await expect(verifier.enrolLive({} as never)).rejects.toThrow(/expected a camera/);
    await expect(verifier.enrolLive(frames(obey), { timeLimit: 10 })).rejects.toThrow(RangeError);
  });
});
