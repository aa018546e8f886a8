import { afterEach, describe, expect, it, vi } from 'vitest';
import { distance } from '../../matching/distance.js';
import { normalizeL2 } from '../../matching/normalizeL2.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import type { CaptureAction } from '../../shared/capture.js';
import type { CaptureOutcome, LookResult } from '../../shared/captures.js';
import type { LivenessOptions, LivenessResult } from '../../shared/liveness.js';
import type { Template } from '../../shared/Template.js';
import { LIVENESS_LIFETIME } from '../../shared/verification.js';
import { createProtectionKey } from '../../vault/protection/protectionKey.js';
import { protectTemplate } from '../../vault/protection/protectTemplate.js';
import { ENGINE_ACCESS } from '../bridge/engineAccess.js';
import { createLivenessSession } from '../live/createLivenessSession.js';
import { redeem, registerResult } from '../live/livenessResults.js';
import { FaceVerifier } from '../FaceVerifier.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { createFakeCamera } from '../testing/createFakeCamera.js';
import { createFakeVerifier } from '../testing/createFakeVerifier.js';
import { FAKE_INFO } from '../testing/fakeInfo.js';
import { FakeLooker, obedient, type FakeLook, type FakeSight } from '../testing/FakeLooker.js';

const ANN = { person: 'ann' };
const BOB = { person: 'bob' };
const PICTURES = Array.from({ length: 5 }, () => ({}) as ImageSource);

/** `ann` enrolled with version 1; both versions see the same, unless the older one is told something else. */
function versions(sees: FakeSight, olderSees: FakeSight = sees) {
  const from = createFakeVerifier({ sees: olderSees });
  const to = createFakeVerifier({ sees, modelVersion: '2.0.0' });
  const template: Template = { ...from.templateOf('ann'), createdAt: '2025-01-02T03:04:05.000Z' };
  return { from, to, template };
}

/** One look after the other. */
const inTurn =
  (...looks: FakeLook[]) =>
  (_: unknown, n: number) =>
    looks[Math.min(n, looks.length - 1)];

/** Sees people who lie between two others: `ann+0.7*bob`. */
class Blending extends FakeLooker {
  override embeddingOf(name = 'someone'): Float32Array {
    const [one, share, other] = name.split(/[+*]/);
    const first = super.embeddingOf(one);
    if (!other) return first;
    const second = super.embeddingOf(other);
    return normalizeL2(Array.from(first, (value, i) => value + Number(share) * second[i]));
  }
}

/** Keeps every embedding that it gives away. */
class Remembering extends FakeLooker {
  readonly given: Float32Array[] = [];
  override async look(...args: Parameters<FakeLooker['look']>): Promise<LookResult> {
    const seen = await super.look(...args);
    if (seen.embedding) this.given.push(seen.embedding);
    return seen;
  }
}

function blending(modelVersion: string, sight: FakeSight): FaceVerifier {
  const looker = new Blending({ ...FAKE_INFO, modelVersion });
  looker.sight = sight;
  return verifierOf(looker);
}

function verifierOf(looker: FakeLooker): FaceVerifier {
  const engine = { memory: () => Promise.resolve({ tensors: 0, bytes: 0 }), dispose: () => {} };
  const none = () => expect.unreachable('no session was asked for');
  return new FaceVerifier(FACTORY, engine, looker, none, (source) => Promise.resolve({ source, toSource: (f) => f, release: () => {} }));
}

afterEach(() => void vi.useRealTimers());

describe('renew', () => {
  it('makes a template of the new model of the very pictures that the old one verified', async () => {
    const { from, to, template } = versions(ANN);
    const outcomes: CaptureOutcome[] = [];
    const renewed = await to.renew(PICTURES, template, { from, onCapture: (outcome) => outcomes.push(outcome) });
    expect(renewed).toMatchObject({ match: true, threshold: 1.04, frames: 3, session: null, liveness: null });
    expect(renewed.template).toMatchObject({ model: 'fake', modelVersion: '2.0.0', captures: 5, createdAt: template.createdAt });
    expect(distance(renewed.template!.embedding, to.templateOf('ann').embedding)).toBeCloseTo(0);
    expect(distance(renewed.template!.embedding, template.embedding)).toBeGreaterThan(1);
    expect(outcomes.map(({ index, accepted }) => [index, accepted])).toEqual([0, 1, 2, 3, 4].map((i) => [i, true]));
    expect((await to.verify(PICTURES, renewed.template!)).match).toBe(true);
    to.sees = BOB;
    expect((await to.verify(PICTURES, renewed.template!)).match).toBe(false);
  });

  it('takes a single picture, a stream, and a protected template with its key', async () => {
    const { from, to, template } = versions(ANN);
    expect((await to.renew(PICTURES[0], template, { from })).template).toMatchObject({ captures: 1 });
    const camera = createFakeCamera();
    expect((await to.renew(camera.frames({ limit: 4 }), template, { from })).template).toMatchObject({ captures: 4 });
    const closed = await protectTemplate(template, await createProtectionKey());
    const renewed = await to.renew(PICTURES, closed, { from });
    expect(renewed.match).toBe(true);
    expect(renewed.template).not.toHaveProperty('protection');
  });

  it('decides ten times as strictly as verify, or as it is told', async () => {
    const sees = { person: 'ann+2.1*bob' }; // 1.09 away from ann: within 1.15, and beyond 1.08
    const from = blending('1.0.0', sees);
    const to = blending('2.0.0', sees);
    const template = createFakeVerifier().templateOf('ann');
    expect((await from.verify(PICTURES[0], { ...template, captures: 1 })).match).toBe(true);
    const once = { ...template, captures: 1 };
    expect(await to.renew(PICTURES[0], once, { from })).toMatchObject({ match: false, reason: 'different-person', template: null });
    expect((await to.renew(PICTURES[0], once, { from, fmr: 1e-3 })).match).toBe(true);
  });

  it.each([
    ['nobody', 'no-face'],
    ['several', 'several-faces'],
    [{ ...ANN, reasons: ['blurred'] }, 'low-quality'],
  ] as [FakeLook, string][])('%s is a result, whichever model finds it', async (look, reason) => {
    for (const { from, to, template } of [versions(look), versions(ANN, look)]) {
      const renewed = await to.renew(PICTURES, template, { from });
      expect(renewed).toMatchObject({ match: false, reason, frames: 0, distance: null, template: null });
    }
  });

  it('leaves out what either model does not take, and says so', async () => {
    const { from, to, template } = versions(inTurn(ANN, 'nobody', ANN), inTurn(ANN, 'several', ANN));
    const outcomes: unknown[] = [];
    const onCapture = ({ reason }: CaptureOutcome) => outcomes.push(reason);
    expect((await to.renew(PICTURES, template, { from, onCapture })).template).toMatchObject({ captures: 3 });
    expect(outcomes).toEqual([undefined, 'no-face', 'several-faces', undefined, undefined]);
  });

  it('counts a liveness session that was drawn with the older verifier', async () => {
    const { from, to, template } = versions(ANN);
    const session = await createLivenessSession(from).run(createFakeCamera());
    expect((await to.renew(PICTURES, template, { from, liveness: session })).liveness).not.toBeNull();
    expect(await to.renew(PICTURES, template, { from, liveness: session })).toMatchObject({ match: false, reason: 'liveness-used' });
  });

  it('wants a session that is fresh when it begins, however long it then looks', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    const { from, to, template } = versions(ANN);
    for (const [age, liveness] of [
      [LIVENESS_LIFETIME, { challenges: expect.any(Array) as unknown }],
      [LIVENESS_LIFETIME + 1, null],
    ] as const) {
      const session = await createLivenessSession(from).run(createFakeCamera());
      vi.advanceTimersByTime(age);
      const onCapture = () => void vi.advanceTimersByTime(LIVENESS_LIFETIME);
      expect(await to.renew(PICTURES, template, { from, liveness: session, onCapture })).toMatchObject({
        match: liveness !== null,
        liveness,
      });
    }
  });

  it('uses up the session, and overwrites what that kept of the face but its captures, also where it is aborted', async () => {
    const { from, to, template } = versions(ANN);
    const rests = [from.templateOf('ann').embedding.slice(), from.templateOf('ann').embedding.slice()];
    const session = registerResult({ ...(await createLivenessSession(from).run(createFakeCamera())) }, rests);
    const abort = new AbortController();
    const options = { from, liveness: session, signal: abort.signal, onCapture: () => abort.abort() };
    await expect(to.renew(PICTURES, template, options)).rejects.toMatchObject({ code: 'aborted' });
    expect(rests.map((rest) => rest.every((value) => value === 0))).toEqual([true, true]);
    expect(redeem(session).refusal).toBe('liveness-used');
    expect(session.captures.every(({ embedding }) => embedding.some((value) => value !== 0))).toBe(true);
  });

  it('holds the session from the beginning: no other call uses it up meanwhile, nor overwrites what it kept', async () => {
    const { from, to, template } = versions(ANN);
    const session = await createLivenessSession(from).run(createFakeCamera());
    const others: Promise<unknown>[] = [];
    const onCapture = ({ index }: CaptureOutcome) => {
      if (index > 0) return;
      const ended = AbortSignal.abort();
      others.push(from.verify(PICTURES, template, { liveness: session }), to.renew(PICTURES, template, { from, liveness: session }));
      others.push(to.renew(PICTURES, template, { from, liveness: session, signal: ended }).catch(() => null));
      others.push(to.renew([], template, { from, liveness: session }).catch(() => null));
    };
    const renewed = await to.renew(PICTURES, template, { from, liveness: session, onCapture });
    expect(renewed).toMatchObject({ match: true, liveness: { challenges: session.challenges } });
    const used = { match: false, reason: 'liveness-used' };
    expect(await Promise.all(others)).toMatchObject([used, used, null, null]);
    expect(redeem(session).refusal).toBe('liveness-used');
  });

  it('uses up no session where there is no picture', async () => {
    const { from, to, template } = versions(ANN);
    const session = await createLivenessSession(from).run(createFakeCamera());
    const camera = createFakeCamera();
    for (const none of [[], camera.frames({ limit: 0 })]) {
      await expect(to.renew(none, template, { from, liveness: session })).rejects.toThrow(/expected at least one source/);
    }
    expect((await to.renew(PICTURES, template, { from, liveness: session })).liveness).not.toBeNull();
  });

  it('refuses what it cannot work with before it looks', async () => {
    const { from, to, template } = versions(new Error('looked'));
    await expect(to.renew(PICTURES, template, {} as never)).rejects.toThrow(/expected from to be a face verifier, got undefined/);
    await expect(to.renew(PICTURES, template, { from: to })).rejects.toThrow(/expected from to run another model/);
    await expect(to.renew(PICTURES, to.templateOf('ann'), { from })).rejects.toMatchObject({ code: 'template-incompatible' });
    await expect(to.renew(PICTURES, {} as never, { from })).rejects.toMatchObject({ code: 'template-invalid' });
    await expect(to.renew(PICTURES, template, { from, fmr: 1e-9 })).rejects.toThrow(RangeError);
    for (const liveness of [{}, null, true])
      await expect(to.renew(PICTURES, template, { from, liveness } as never)).rejects.toThrow(/expected liveness to be/);
    await expect(to.renew(PICTURES, template, { from, limit: 3 } as never)).rejects.toThrow(/expected options of renew/);
    await expect(to.renew([], template, { from })).rejects.toThrow(/expected at least one source/);
  });

  it('refuses before it looks a rate that the curve for so many captures does not have for a single picture', async () => {
    const strict = FAKE_INFO.operatingPoints.filter(({ fmr }) => fmr <= 1e-4);
    const fused = FAKE_INFO.fused.map((one) => ({ ...one, operatingPoints: strict }));
    const { to, template } = versions(new Error('looked'));
    const from = verifierOf(new FakeLooker({ ...FAKE_INFO, fused }));
    await expect(to.renew(PICTURES, template, { from })).rejects.toThrow(/expected a false match rate between 0.00001 and 0.0001/);
  });

  it('is for nobody else', async () => {
    const attacks: [string, FakeSight, FakeSight?][] = [
      ['somebody else', BOB],
      ['somebody else who follows one picture of the person', inTurn(ANN, BOB)],
      ['somebody else in half of the pictures', inTurn(ANN, ANN, BOB, BOB, BOB)],
      ['somebody else whom only the new model sees', BOB, inTurn(BOB)],
      ['two faces, of which the new model follows the other', BOB, 'several'],
    ];
    for (const [what, sees, olderSees] of attacks) {
      const { from, to, template } = versions(sees, olderSees);
      const renewed = await to.renew(PICTURES, template, { from });
      expect(renewed, what).toMatchObject({ match: false, template: null });
    }
  });

  it('does not take into the template somebody who comes in later', async () => {
    const { from, to, template } = versions(inTurn(ANN, ANN, ANN, BOB, BOB));
    const renewed = await to.renew(PICTURES, template, { from });
    expect(renewed.template).toMatchObject({ captures: 3 });
    expect(distance(renewed.template!.embedding, to.templateOf('ann').embedding)).toBeCloseTo(0);
  });

  it('does not take a blend, nor what is near enough only beside the person', async () => {
    const template = createFakeVerifier().templateOf('ann');
    const half = { person: 'ann+2.6*bob' }; // 1.17 away: beyond what one picture may be
    const mixed = [blending('1.0.0', inTurn(ANN, ANN, ANN, half, half)), blending('2.0.0', inTurn(ANN, ANN, ANN, half, half))] as const;
    expect((await mixed[1].renew(PICTURES, template, { from: mixed[0] })).template).toMatchObject({ captures: 3 });
    const [from, to] = [blending('1.0.0', half), blending('2.0.0', half)];
    expect(await to.renew(PICTURES, template, { from })).toMatchObject({ match: false, reason: 'different-person' });
  });

  it('believes no template that was altered', async () => {
    const { from, to, template } = versions(BOB);
    const named = { ...to.templateOf('bob'), modelVersion: '1.0.0' }; // the new model's numbers under the old one's name
    expect((await to.renew(PICTURES, named, { from })).match).toBe(false);
    const longer = { ...template, embedding: template.embedding.map((value) => 2 * value) };
    await expect(to.renew(PICTURES, longer, { from })).rejects.toMatchObject({ code: 'template-invalid' });
    await expect(to.renew(PICTURES, { ...template, pipelineVersion: 9 }, { from })).rejects.toMatchObject({
      code: 'template-incompatible',
    });
  });

  it('moves the people of a gallery one by one, each at the next look', async () => {
    const { from, to } = versions(ANN);
    const before = new Map(['ann', 'cat'].map((id) => [id, from.templateOf(id)]));
    const now = new Map<string, Template>();
    const who = async (person: string) => {
      from.sees = to.sees = { person };
      const known = await to.identifyLive(createFakeCamera(), now, { fpir: 5e-3 });
      if (known.match) return `${known.id}, by the new model`;
      const { id } = await from.identifyLive(createFakeCamera(), before, { fpir: 5e-3 });
      if (id === null) return id;
      const renewed = await to.renew(createFakeCamera().frames({ limit: 5 }), before.get(id)!, { from });
      if (renewed.match && before.delete(id)) now.set(id, renewed.template);
      return `${id}, by the older model`;
    };
    expect([await who('ann'), await who('bob'), await who('ann'), await who('cat'), await who('cat')]).toEqual([
      ...['ann, by the older model', null, 'ann, by the new model'],
      ...['cat, by the older model', 'cat, by the new model'],
    ]);
    expect(before.size).toBe(0);
  });

  it('overwrites every embedding but the new template', async () => {
    const lookers = ['1.0.0', '2.0.0'].map((modelVersion) => new Remembering({ ...FAKE_INFO, modelVersion }));
    const [from, to] = lookers.map(verifierOf);
    const template = createFakeVerifier().templateOf('someone');
    expect((await to.renew(PICTURES, template, { from })).match).toBe(true);
    const given = lookers.flatMap((looker) => looker.given);
    expect(given).toHaveLength(2 * PICTURES.length);
    expect(given.every((values) => values.every((value) => value === 0))).toBe(true);
    expect(template.embedding.some((value) => value !== 0)).toBe(true);
  });
});

describe('renewLive', () => {
  it('asks for the views of an enrollment, and makes a template like one', async () => {
    const { from, to, template } = versions(obedient('ann'), ANN);
    const asked: string[] = [];
    let decided = 0;
    const renewed = await to.renewLive(createFakeCamera(), template, {
      ...{ from, onPrompt: ({ action }) => void asked.push(action), onDecide: () => (decided += 1) },
    });
    expect(asked).toEqual(['front', 'slightly-left', 'slightly-right', 'other-distance']);
    expect(renewed).toMatchObject({
      match: true,
      session: null,
      template: { captures: 6, modelVersion: '2.0.0', createdAt: template.createdAt },
    });
    expect(decided).toBe(1);
  });

  it('tells a test’s scripts of both models what the person is asked for', async () => {
    const asked = [new Set(), new Set()];
    const hears = (n: number) => (action: CaptureAction | null) => (asked[n].add(action), obedient('ann')(action));
    const { from, to, template } = versions(hears(0), hears(1));
    expect((await to.renewLive(createFakeCamera(), template, { from })).match).toBe(true);
    expect(asked[1]).toEqual(new Set(['front', 'slightly-left', 'slightly-right', 'other-distance']));
    expect(asked[0]).toEqual(asked[1]);
    await from.analyze(PICTURES[0]);
    expect(asked[1]).toContain(null);
  });

  it('is for nobody else, also where somebody else sits down later', async () => {
    const other = versions(obedient('bob'), BOB);
    expect(await other.to.renewLive(createFakeCamera(), other.template, { from: other.from })).toMatchObject({
      ...{ match: false, reason: 'different-person', template: null },
    });
    const two = versions(obedient('bob'), 'several');
    expect(await two.to.renewLive(createFakeCamera(), two.template, { from: two.from })).toMatchObject({ reason: 'several-faces' });
    const later = versions((asked, n) => (n < 4 ? obedient('ann') : obedient('bob'))(asked), inTurn(ANN, BOB));
    const options = { from: later.from, timeLimit: 1000 };
    expect((await later.to.renewLive(createFakeCamera(), later.template, options)).match).toBe(false);
  });

  it.each([
    ['nobody', 'no-face'],
    ['several', 'several-faces'],
    [{ ...ANN, reasons: ['blurred'] }, 'low-quality'],
  ] as [FakeLook, string][])('%s until the time is over is a result', async (look, reason) => {
    const { from, to, template } = versions(look);
    const renewed = await to.renewLive(createFakeCamera(), template, { from, timeLimit: 1000 });
    expect(renewed).toMatchObject({ match: false, reason, frames: 0, template: null });
  });

  it('runs a liveness session of the older verifier first', async () => {
    const { from, to, template } = versions(obedient('ann'), ANN);
    const asked: string[] = [];
    const liveness = { challenges: ['turn-left'] as const, onPrompt: ({ action }: { action: string }) => void asked.push(action) };
    const renewed = await to.renewLive(createFakeCamera(), template, { from, liveness });
    expect(asked).toEqual(['turn-left', 'face-camera']);
    expect(renewed).toMatchObject({ match: true, liveness: { challenges: ['turn-left'] }, session: { passed: true } });
    from.liveness = 'flat';
    expect(await to.renewLive(createFakeCamera(), template, { from, liveness })).toMatchObject({
      ...{ match: false, reason: 'liveness-failed', session: { passed: false, reason: 'flat' }, template: null },
    });
  });

  /** A verifier whose sessions end at once, passed, with this result. */
  const passing = (from: FaceVerifier, session: LivenessResult) => {
    const drawn: LivenessOptions[] = [];
    const run = () => Promise.resolve(session);
    Object.defineProperty(from, ENGINE_ACCESS, { value: { drawSession: (options: LivenessOptions) => (drawn.push(options), { run }) } });
    return drawn;
  };

  it('takes frames for mirrored in session and views, where one of them says so, and wrong options for wrong before both', async () => {
    const mirrored = (asked: CaptureAction | null) => {
      const { yaw = 0, ...face } = obedient('ann')(asked);
      return { ...face, yaw: -yaw };
    };
    for (const options of [{ mirrored: true, liveness: {} }, { liveness: { mirrored: true } }]) {
      const { from, to, template } = versions(mirrored, ANN);
      const drawn = passing(from, await createLivenessSession(from).run(createFakeCamera()));
      expect((await to.renewLive(createFakeCamera(), template, { from, ...options })).template).toMatchObject({ captures: 6 });
      expect(drawn).toEqual([{ mirrored: true }]);
      await expect(to.renewLive(createFakeCamera(), template, { from, ...options, timeLimit: 5 })).rejects.toThrow(RangeError);
      expect(drawn).toHaveLength(1);
    }
  });

  it('counts its session however long the views take, and uses it up, also where it compares nobody', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    for (const [older, match] of [
      [ANN, true],
      ['nobody', false],
    ] as const) {
      const { from, to, template } = versions(obedient('ann'), ANN);
      const session = await createLivenessSession(from).run(createFakeCamera());
      passing(from, session);
      from.sees = older;
      const options = { from, liveness: {}, onPrompt: () => void vi.advanceTimersByTime(LIVENESS_LIFETIME) };
      expect(await to.renewLive(createFakeCamera(), template, options)).toMatchObject({ match, session: { passed: true } });
      expect(redeem(session)).toMatchObject({ refusal: 'liveness-used', rests: [] });
    }
  });

  it('overwrites what a session keeps where its result does not come back', async () => {
    const { from, to, template } = versions(obedient('ann'), ANN);
    const session = await createLivenessSession(from).run(createFakeCamera());
    passing(from, session);
    const abort = new AbortController();
    const options = { from, liveness: {}, signal: abort.signal, onPrompt: () => abort.abort() };
    await expect(to.renewLive(createFakeCamera(), template, options)).rejects.toMatchObject({ code: 'aborted' });
    expect(session.captures.length).toBeGreaterThan(0);
    for (const { embedding } of session.captures) expect(embedding.every((value) => value === 0)).toBe(true);
    expect(redeem(session).refusal).toBe('liveness-used');
  });

  it('is aborted also while the page is told that it is decided', async () => {
    const { from, to, template } = versions(obedient('ann'), 'several');
    const abort = new AbortController();
    const options = { from, signal: abort.signal, onDecide: () => abort.abort() };
    await expect(to.renewLive(createFakeCamera(), template, options)).rejects.toMatchObject({ code: 'aborted' });
  });

  it('does not count a session that somebody else passed', async () => {
    const { from, to, template } = versions(obedient('ann'), (_, n) => (n < 2 ? BOB : ANN));
    const liveness = { challenges: ['turn-left'] as const };
    const renewed = await to.renewLive(createFakeCamera(), template, { from, liveness });
    expect(renewed).toMatchObject({ match: false, reason: 'liveness-other-person', template: null });
  });

  it('ends with the signal and the camera', async () => {
    const { from, to, template } = versions('nobody');
    const abort = new AbortController();
    const camera = createFakeCamera();
    const aborted = to.renewLive(camera, template, { from, signal: abort.signal });
    abort.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    const lost = to.renewLive(camera, template, { from });
    camera.lose();
    await expect(lost).rejects.toMatchObject({ code: 'camera-lost' });
    await expect(to.renewLive({} as never, template, { from })).rejects.toThrow(/expected a camera/);
    await expect(to.renewLive(camera, template, { from, timeLimit: 5 })).rejects.toThrow(RangeError);
  });
});
