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
  type TimedSource,
} from '../../src/index.js';
import * as scenes from './scene/openScene.js';
import * as lit from './scene/litScenes.js';
import type { Cast, Scene } from './scene/openScene.js';
import { Film } from './scene/Film.js';
import { REST, type Motion, type Picture } from './scene/types.js';
import type { HeadModel } from './scene/HeadModel.js';
import { LANDSCAPE, openHead, PORTRAIT } from './scene/openFaces.js';
import { between, seeded } from './scene/seeded.js';
import { mirrored } from './scene/turned.js';

/** Milliseconds between frames: ten frames a second. */
const STEP = 100;

/** A replay of a session that asked for something else. */
function otherSession({ challenges, random }: Cast): Challenge[] {
  for (;;) {
    const rest: Challenge[] = [...CHALLENGES];
    const script = challenges.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0]);
    if (script.join() !== challenges.join()) return script;
  }
}

export const ATTACKS: Record<string, (cast: Cast) => Scene> = {
  'still photo': scenes.stillPhoto,
  'photo moved, tilted and zoomed': scenes.movedPhoto,
  'photo bent, moved, tilted and zoomed': scenes.bentPhoto,
  'photo with cut-out eyes and mouth': scenes.cutOutPhoto,
  'replay of another session': (cast) => scenes.replay(cast, otherSession(cast)),
  'face swapped halfway': scenes.swapped,
  'frozen camera': scenes.frozen,
  'two people': (cast) => scenes.twoPeople(cast, 0),
  'second face entering': (cast) => scenes.twoPeople(cast, between(cast.random, 1000, 3500)),
  'film cut together': scenes.cut,
};

/** Sessions that end with light from the screen, after one movement. docs/liveness.md says what each of them shows about the check. */
export const LIT: Record<string, (cast: Cast) => Scene> = {
  'light: genuine': lit.litPerson,
  'light: print in place of the face': (cast) => lit.litPrint(cast, false),
  'light: bent print in place of the face': (cast) => lit.litPrint(cast, true),
  'light: screen that does what is asked': lit.litScreen,
  'light: film with other colors': lit.otherColors,
  'light: genuine, in sunlight': lit.sunlitPerson,
};

export const GENUINE = 'genuine';
/** Every film; its position in the list seeds its random numbers. */
export const KINDS: readonly string[] = [GENUINE, ...Object.keys(ATTACKS), ...Object.keys(LIT)];

export interface Attempt {
  readonly kind: string;
  readonly number: number;
  readonly passed: boolean;
  readonly reason: string;
  readonly challenges: readonly Challenge[];
  readonly done: number;
  /** Length of the film in seconds. */
  readonly seconds: number;
  readonly frames: number;
  /** What was asked for last, and the most of it that was seen. */
  readonly last: string;
  readonly parallax: number | null;
  readonly drift: number | null;
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

/** Those of the pictures in `urls`, in order, that heads can be made from. */
async function castable(verifier: FaceVerifier, urls: readonly string[]): Promise<string[]> {
  const out: string[] = [];
  for (const url of urls) {
    const [face] = await verifier.analyze(await load(url));
    if (!face || face.faces > 1 || Math.abs(face.pose.yaw) > FRONTAL.yaw || Math.abs(face.pose.pitch) > FRONTAL.pitch) continue;
    if (face.quality.mouthOpen > FRONTAL.mouth || face.quality.reasons.length > 0) continue;
    if (out.push(url) === PEOPLE) break;
  }
  return out;
}

/** @param urls pictures of different people @param options for single challenges */
export async function openSuite(urls: readonly string[], challenges: readonly Challenge[] = CHALLENGES): Promise<Suite> {
  const verifier = await createFaceVerifier({ backend: 'wasm' });
  const pictures = await castable(verifier, urls);
  if (pictures.length < 4) throw new Error(`${pictures.length} of ${urls.length} pictures show one frontal face: at least 4 are needed`);
  const heads = new Map<string, Promise<HeadModel>>();
  const head = (index: number, portrait: boolean): Promise<HeadModel> => {
    const key = `${index} ${portrait}`;
    let opened = heads.get(key);
    if (!opened) {
      if (heads.size > 40) heads.clear();
      opened = load(pictures[index]).then((bitmap) => openHead(verifier, bitmap, portrait ? PORTRAIT : LANDSCAPE));
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
      for (let n = 0; n < 120; n++) {
        const [turned, sway] = [Math.min(1, Math.max(0, 1.6 - Math.abs(n - 75) / 15)), Math.sin((2 * Math.PI * n) / 60)];
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
      const random = seeded(1000 * (1 + KINDS.indexOf(kind)) + number);
      // Every second session is mirrored, every third is upright.
      const [isMirrored, portrait] = [number % 2 === 1, number % 3 === 2];
      const index = number % pictures.length;
      const one = await head(index, portrait);
      const other = await head((index + 1 + Math.floor(random() * (pictures.length - 1))) % pictures.length, portrait);
      const screen: Screen = { show: () => undefined };
      const light = kind in LIT ? { count: 1, light: { show: (color: string | null) => screen.show(color) } } : {};
      const session = createLivenessSession(verifier, { random, mirrored: isMirrored, challenges, ...light });
      const cast: Cast = { one, other, random, challenges: session.challenges };
      const scene = kind === GENUINE ? scenes.genuine(cast) : (ATTACKS[kind] ?? LIT[kind])(cast);
      const { result, seconds, last } = await film(session, scene, random, isMirrored, screen);
      const { passed, reason = '', done, measures } = result;
      return {
        ...{ kind, number, passed, reason, done, seconds, last, mirrored: isMirrored, portrait, challenges: session.challenges },
        ...{ frames: measures.frames, parallax: measures.parallax, drift: measures.drift, light: measures.light },
      };
    },
  };
}

/** The page whose screen lights the face in a session. */
interface Screen {
  show(color: string | null): void;
}

async function film(
  session: LivenessSession,
  scene: Scene,
  random: () => number,
  isMirrored: boolean,
  screen: Screen,
): Promise<{ result: LivenessResult; seconds: number; last: string }> {
  let now = 0;
  screen.show = (color) => scene.light?.(color, now);
  async function* frames(): AsyncGenerator<TimedSource> {
    for (; ; now += STEP + between(random, -12, 12)) {
      const drawn = scene.frame(now);
      yield { source: toImageData(isMirrored ? mirrored(drawn) : drawn), time: now };
      await Promise.resolve();
    }
  }
  const best = { action: '', progress: 0 };
  const result = await session.run(frames(), {
    onPrompt: ({ action }) => scene.ask(action, now),
    onProgress({ prompt: { action }, progress }) {
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
