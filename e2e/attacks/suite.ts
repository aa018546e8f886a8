import {
  createFaceVerifier,
  createLivenessSession,
  CHALLENGES,
  type Challenge,
  type EnrollmentView,
  type FaceVerifier,
  type LightMeasures,
  type LivenessResult,
  type LivenessSession,
  type Template,
  type TimedSource,
} from '../../src/index.js';
import { FILMS, type FilmKind } from './films.js';
import type { Scene } from './scene/openScene.js';
import { Film } from './scene/Film.js';
import { REST, type Motion, type Picture } from './scene/types.js';
import type { HeadModel } from './scene/HeadModel.js';
import { LANDSCAPE, openHead, PORTRAIT } from './scene/openFaces.js';
import { between, seeded } from './scene/seeded.js';
import { mirrored } from './scene/turned.js';

/** Milliseconds between frames: ten frames a second. */
const STEP = 100;

/** How much sooner or later a frame may come, as a share of the time between frames. */
const JITTER = 0.12;

export interface Attempt {
  readonly kind: string;
  readonly number: number;
  /** Whether the people in it are of the half that limits were tuned on; the others measure. */
  readonly tuning: boolean;
  readonly passed: boolean;
  readonly reason: string;
  /** Of a passed session, compared with the template of whom it claims to show: whether it matches, and why not. */
  readonly match: boolean;
  readonly mismatch: string;
  /** Whether the captures of the last rest alone would match. */
  readonly lastMatches: boolean;
  readonly challenges: readonly Challenge[];
  readonly done: number;
  /** Length of the film in seconds. */
  readonly seconds: number;
  readonly frames: number;
  /** What was asked for last, and the most of it that was seen. */
  readonly last: string;
  readonly parallax: number | null;
  readonly drift: number | null;
  readonly restDrift: number | null;
  readonly light: LightMeasures | null;
  readonly mirrored: boolean;
  readonly portrait: boolean;
}

export interface Suite {
  /** JPEGs in base64, 30 a second, of the first person, who looks into the camera, turns to their left and looks into the camera again. */
  turnToTheLeft(): Promise<string[]>;
  attempt(kind: string, number: number): Promise<Attempt>;
  /** A person who follows the prompts of a guided enrollment, and its outcome. */
  enroll(number: number): Promise<{ views: EnrollmentView[]; captures: number; consistency: number; match: boolean; stranger: boolean }>;
  dispose(): void;
}

/** Every film's name. */
export const KINDS: readonly string[] = Object.keys(FILMS);

/** What the person does for each view of a guided enrollment. */
const VIEWS: Record<EnrollmentView, Partial<Motion>> = {
  front: {},
  'slightly-left': { yaw: 16 },
  'slightly-right': { yaw: -16 },
  'other-distance': { scale: 1.3 },
};

/** Heads are made from pictures that a session could begin with: facing the camera, good, with the mouth almost closed. */
const FRONTAL = { yaw: 14, pitch: 22, mouth: 0.3 };
/** This many people are enough. */
const PEOPLE = 60;

/** Addresses of one person's pictures: the first is filmed, the others are enrolled (it is itself where there are none). */
export type Pictures = readonly [string, ...string[]];

/** Those people, in order, of whose first pictures heads can be made. */
async function castable(verifier: FaceVerifier, people: readonly Pictures[]): Promise<Pictures[]> {
  const out: Pictures[] = [];
  for (const pictures of people) {
    const [face] = await verifier.analyze(await load(pictures[0]));
    if (!face || face.faces > 1 || Math.abs(face.pose.yaw) > FRONTAL.yaw || Math.abs(face.pose.pitch) > FRONTAL.pitch) continue;
    if (face.quality.mouthOpen > FRONTAL.mouth || face.quality.reasons.length > 0) continue;
    if (out.push(pictures) === PEOPLE) break;
  }
  return out;
}

/** @param people pictures of different people @param challenges for single ones */
export async function openSuite(people: readonly Pictures[], challenges: readonly Challenge[] = CHALLENGES): Promise<Suite> {
  const verifier = await createFaceVerifier({ backend: 'wasm' });
  const pictures = await castable(verifier, people);
  if (pictures.length < 4) throw new Error(`${pictures.length} of ${people.length} pictures show one frontal face: at least 4 are needed`);
  const half = pictures.length >> 1;
  const templates = new Map<number, Promise<Template>>();
  const template = (index: number): Promise<Template> => {
    let enrolled = templates.get(index);
    if (!enrolled) {
      const [first, ...others] = pictures[index];
      enrolled = Promise.all((others.length > 0 ? others : [first]).map(load)).then((bitmaps) => verifier.enroll(bitmaps));
      templates.set(index, enrolled);
    }
    return enrolled;
  };
  const heads = new Map<string, Promise<HeadModel>>();
  const head = (index: number, portrait: boolean): Promise<HeadModel> => {
    const key = `${index} ${portrait}`;
    let opened = heads.get(key);
    if (!opened) {
      if (heads.size > 40) heads.clear();
      opened = load(pictures[index][0]).then((bitmap) => openHead(verifier, bitmap, portrait ? PORTRAIT : LANDSCAPE));
      heads.set(key, opened);
    }
    return opened;
  };
  return {
    dispose: () => verifier.dispose(),
    async turnToTheLeft() {
      const one = await head(0, false);
      const film = new Film(one.picture, seeded(7));
      const jpegs: string[] = [];
      for (let n = 0; n < 150; n++) {
        // Slow enough for a busy machine, which sees few of the frames.
        const [turned, sway] = [Math.min(1, Math.max(0, 1.7 - Math.abs(n - 90) / 18)), Math.sin((2 * Math.PI * n) / 50)];
        const motion = { ...REST, yaw: 28 * turned + 0.6 * sway, pitch: 0.5 * sway };
        jpegs.push(await toJpeg(film.frame([{ what: one, motion }])));
      }
      return jpegs;
    },
    async enroll(number) {
      const [isMirrored, portrait] = [number % 2 === 1, number % 3 === 2];
      const one = await head(number % pictures.length, portrait);
      const film = new Film(one.picture, seeded(number));
      const views: EnrollmentView[] = [];
      let [from, since, now] = [REST, 0, 0];
      /** Half a second from one view to the next. */
      const pose = (): Motion => {
        const to = { ...REST, ...(views.length > 0 ? VIEWS[views.at(-1)!] : {}) };
        const share = Math.min(1, (now - since) / 500);
        const between = (key: keyof Motion) => (1 - share) * from[key] + share * to[key];
        return { ...REST, yaw: between('yaw'), scale: between('scale') };
      };
      async function* frames(): AsyncGenerator<TimedSource> {
        for (; ; now += STEP) {
          const drawn = film.frame([{ what: one, motion: pose() }]);
          yield { source: toImageData(isMirrored ? mirrored(drawn) : drawn), time: now };
          await Promise.resolve();
        }
      }
      const template = await verifier.enrollLive(frames(), {
        mirrored: isMirrored,
        onPrompt({ action }) {
          [from, since] = [pose(), now];
          views.push(action);
        },
      });
      const other = await head((number + 1) % pictures.length, portrait);
      const { match } = await verifier.verify(toImageData(one.picture), template);
      const { match: stranger } = await verifier.verify(toImageData(other.picture), template);
      return { views, captures: template.captures, consistency: template.consistency, match, stranger };
    },
    async attempt(kind, number) {
      const film = FILMS[kind];
      const random = seeded(1000 * (1 + KINDS.indexOf(kind)) + number);
      // Every second session is mirrored, every third is upright.
      const [isMirrored, portrait] = [number % 2 === 1, number % 3 === 2];
      const index = number % pictures.length;
      const tuning = index < half;
      // Both are of the same half.
      const [first, count] = tuning ? [0, half] : [half, pictures.length - half];
      const otherIndex = first + ((index - first + 1 + Math.floor(random() * (count - 1))) % count);
      const one = await head(index, portrait);
      const other = await head(otherIndex, portrait);
      const screen: Screen = { show: () => undefined };
      const light = film.lit ? { count: 1, light: { show: (color: string | null) => screen.show(color) } } : {};
      const session = createLivenessSession(verifier, { random, mirrored: isMirrored, challenges, ...light });
      const scene = film.scene({ one, other, random, challenges: session.challenges });
      const { result, seconds, last } = await run(session, scene, film, { random, isMirrored, screen });
      const { passed, reason = '', done, measures } = result;
      const verdict = passed ? await claim(result, await template(film.claims === 'other' ? otherIndex : index)) : NO_CLAIM;
      return {
        ...{ kind, number, tuning, passed, reason, ...verdict, done, seconds, last, mirrored: isMirrored, portrait },
        ...{ challenges: session.challenges, frames: measures.frames, parallax: measures.parallax },
        ...{ drift: measures.drift, restDrift: measures.restDrift, light: measures.light },
      };
    },
  };

  async function claim(live: LivenessResult, template: Template): Promise<typeof NO_CLAIM> {
    const last = await verifier.verify(live.captures.slice(-1), template);
    const { match, reason = '' } = await verifier.verify(live.captures, template, { liveness: live });
    return { match, mismatch: reason, lastMatches: last.match };
  }
}

const NO_CLAIM = { match: false, mismatch: '', lastMatches: false };

/** The page whose screen lights the face in a session. */
interface Screen {
  show(color: string | null): void;
}

async function run(
  session: LivenessSession,
  scene: Scene,
  { step = STEP, untimed = false }: FilmKind,
  { random, isMirrored, screen }: { random: () => number; isMirrored: boolean; screen: Screen },
): Promise<{ result: LivenessResult; seconds: number; last: string }> {
  let now = 0;
  const start = performance.now();
  screen.show = (color) => scene.light?.(color, now);
  async function* frames(): AsyncGenerator<TimedSource> {
    for (;;) {
      if (untimed) now = performance.now() - start;
      const drawn = scene.frame(now);
      const source = toImageData(isMirrored ? mirrored(drawn) : drawn);
      // As a page does that reads a time which its browser does not have.
      yield { source, time: untimed ? undefined : now };
      now += step * (1 + between(random, -JITTER, JITTER));
      await Promise.resolve();
    }
  }
  let told = false;
  const best = { action: '', progress: 0 };
  const result = await session.run(frames(), {
    onPrompt: ({ action }) => scene.ask(action, now),
    onProgress({ prompt: { action }, progress, hint }) {
      if (hint === 'too-fast' && !told) scene.repeat?.(now);
      told = hint === 'too-fast';
      best.progress = action === best.action ? Math.max(best.progress, progress) : progress;
      best.action = action;
    },
  });
  return { result, seconds: now / 1000, last: `${best.action} ${best.progress.toFixed(2)}` };
}

function toImageData({ width, height, data }: Picture): ImageData {
  return new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height);
}

async function toJpeg(picture: Picture): Promise<string> {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')!.putImageData(toImageData(picture), 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

async function load(url: string): Promise<ImageBitmap> {
  return createImageBitmap(await (await fetch(url)).blob());
}
