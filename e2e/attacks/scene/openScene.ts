import type { HeadModel } from './HeadModel.js';
import { Actor, personRepertoire, photoRepertoire, type Prompted } from './Actor.js';
import { Film } from './Film.js';
import { PhotoModel, type Bend } from './PhotoModel.js';
import { between } from './seeded.js';
import { REST, type Filmed, type Motion, type Picture } from './types.js';
import type { Challenge } from '../../../src/index.js';

/** What is filmed in one session: told of each prompt, asked for each frame. Times in milliseconds from the session's start. */
export interface Scene {
  ask(prompt: Prompted, now: number): void;
  /** Told that the movement was too fast, and has to be repeated. */
  repeat?(now: number): void;
  /** What the screen shows, `#rrggbb`; null: nothing more. */
  light?(color: string | null, now: number): void;
  frame(now: number): Picture;
}

/** The people (and their pictures) that a scene may show, and its chance. */
export interface Cast {
  readonly one: HeadModel;
  readonly other: HeadModel;
  readonly random: () => number;
  /** What the session will ask for. */
  readonly challenges: readonly Challenge[];
}

/** A person who does what is asked. */
export function genuine({ one, random }: Cast): Scene {
  const actor = new Actor(random, personRepertoire(random));
  const film = new Film(one.picture, random);
  return {
    ask: (prompt, now) => actor.ask(prompt, now),
    repeat: (now) => actor.repeat(now),
    frame: (now) => film.frame([{ what: one, motion: actor.at(now) }]),
  };
}

/** A picture before the camera, moved as little as a stand moves it. */
export function stillPhoto(cast: Cast): Scene {
  const photo = print(cast, FLAT);
  const film = new Film(wall(cast.one.picture), cast.random);
  const actor = new Actor(cast.random, personRepertoire(cast.random), between(cast.random, 0, 0.3));
  return { ask: () => undefined, frame: (now) => film.frame([{ what: photo, motion: actor.at(now) }]) };
}

/** A picture in a hand that tilts it, comes closer and shakes it as asked. */
export const movedPhoto = (cast: Cast): Scene => handled(cast, print(cast, FLAT));

/** The same with a picture bent over a cylinder: as wide as a bottle up to hardly bent. */
export function bentPhoto(cast: Cast): Scene {
  const bend: Bend = { radius: between(cast.random, 1, 3), axis: cast.random() < 0.7 ? 'upright' : 'lying' };
  return handled(cast, print(cast, bend));
}

/** A print with holes for the eyes (and the mouth), behind which someone blinks (and opens theirs): the picture shows both where asked. */
export function cutOutPhoto(cast: Cast): Scene {
  const { one, random } = cast;
  const radius = random() < 0.5 ? Infinity : between(random, 1, 3);
  const views = new Map<string, Picture>();
  const shows = ({ blink, mouth }: Motion): Picture => {
    const key = `${Math.round(blink * 6)} ${Math.round(mouth * 10)}`;
    if (!views.has(key)) {
      const still = new Film(one.picture, random, 0);
      views.set(
        key,
        still.frame([{ what: one, motion: { ...REST, blink: Math.round(blink * 6) / 6, mouth: Math.round(mouth * 10) / 10 } }]),
      );
    }
    return views.get(key)!;
  };
  const photo = new PhotoModel(shows, partOf(one), one.unit, { radius, axis: 'upright' }, wall(one.picture));
  const person = personRepertoire(random);
  return handled(cast, photo, { ...photoRepertoire(random), blink: person.blink, 'open-mouth': person['open-mouth'] });
}

/** A person who does what another session asked for, in its order, in their own time. */
export function replay(cast: Cast, script: readonly Challenge[]): Scene {
  const inner = genuine(cast);
  const steps: { prompt: Prompted; at: number }[] = [];
  let at = 0;
  for (let round = 0; round < 4; round++) {
    for (const challenge of script) {
      steps.push({ prompt: 'face-camera', at }, { prompt: challenge, at: (at += between(cast.random, 900, 1600)) });
      at += between(cast.random, 1300, 2200);
    }
  }
  return {
    ask: () => undefined,
    frame(now) {
      while (steps[0] && steps[0].at <= now) inner.ask(steps[0].prompt, steps.shift()!.at);
      return inner.frame(now);
    },
  };
}

/** A person who does what is asked and in whose place another person is at some time, in the very same pose. */
export function swapped(cast: Cast): Scene {
  const { one, other, random } = cast;
  const actor = new Actor(random, personRepertoire(random));
  const film = new Film(one.picture, random);
  const after = new Film(other.picture, random);
  const last = 2 * cast.challenges.length;
  const step = 1 + Math.floor(random() * last);
  // With the last prompt at once: soon afterwards the session may be over.
  const delay = between(random, 0, step === last ? 0 : 900);
  let prompts = 0;
  let swapAt = Infinity;
  return {
    ask(prompt, now) {
      actor.ask(prompt, now);
      if (++prompts === step + 1) swapAt = now + delay;
    },
    repeat: (now) => actor.repeat(now),
    frame(now) {
      const [head, camera] = now >= swapAt ? [other, after] : [one, film];
      return camera.frame([{ what: head, motion: actor.at(now) }]);
    },
  };
}

/** A camera that stops: the last picture comes again and again, without any noise. */
export function frozen(cast: Cast): Scene {
  const inner = genuine(cast);
  const until = between(cast.random, 0, 5000);
  let last: Picture | null = null;
  return {
    ask: (prompt, now) => inner.ask(prompt, now),
    repeat: (now) => inner.repeat?.(now),
    frame: (now) => (last && now > until ? last : (last = inner.frame(now))),
  };
}

/** Two people before the camera, one of whom does what is asked; `from`: when the second one comes in. */
export function twoPeople(cast: Cast, from: number): Scene {
  const { one, other, random } = cast;
  const inner = genuine(cast);
  const size = between(random, 0.75, 1);
  const second = photoOf(other);
  const side = random() < 0.5 ? -1 : 1;
  const { width, height } = one.picture;
  return {
    ask: (prompt, now) => inner.ask(prompt, now),
    repeat: (now) => inner.repeat?.(now),
    frame(now) {
      const picture = inner.frame(now);
      if (now < from) return picture;
      // Comes in from the side.
      const along = Math.min(1, (now - from) / 700);
      const w = Math.round(second.width * size);
      const h = Math.round(second.height * size);
      const left = side > 0 ? Math.round(width - along * w) : Math.round(along * w - w);
      paste(second, picture, { left, top: Math.round((height - h) / 2), width: w, height: h });
      return picture;
    },
  };
}

/** A film cut together: between the actions frames are left out. */
export function cut(cast: Cast): Scene {
  const inner = genuine(cast);
  let skipped = 0;
  return {
    ask(prompt, now) {
      inner.ask(prompt, now + skipped);
      if (prompt !== 'face-camera') skipped += 1300;
    },
    repeat: (now) => inner.repeat?.(now + skipped),
    frame: (now) => inner.frame(now + skipped),
  };
}

const FLAT: Bend = { radius: Infinity, axis: 'upright' };

function handled({ one, random }: Cast, photo: Filmed, repertoire = photoRepertoire(random)): Scene {
  const actor = new Actor(random, repertoire, 1.5);
  const film = new Film(wall(one.picture), random);
  return {
    ask: (prompt, now) => actor.ask(prompt, now),
    repeat: (now) => actor.repeat(now),
    frame: (now) => film.frame([{ what: photo, motion: actor.at(now) }]),
  };
}

function print({ one }: Cast, bend: Bend): PhotoModel {
  return new PhotoModel(() => one.picture, partOf(one), one.unit, bend, wall(one.picture));
}

export function partOf({ picture, unit }: HeadModel) {
  const [x, y] = [picture.width / 2, picture.height / 2];
  return {
    left: Math.max(0, x - 1.9 * unit),
    right: Math.min(picture.width, x + 1.9 * unit),
    top: Math.max(0, y - 2.5 * unit),
    bottom: Math.min(picture.height, y + 2.5 * unit),
  };
}

/** A gray wall, lighter to the top. */
export function wall({ width, height }: Picture): Picture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++)
    data.set(
      [150, 152, 156, 255].map((v) => v + 30 * (1 - i / (width * height))),
      4 * i,
    );
  return { width, height, data };
}

/** The head of a picture, cut out. */
function photoOf(head: HeadModel): Picture {
  const { left, top, right, bottom } = partOf(head);
  const [x0, y0] = [Math.round(left + 0.5 * head.unit), Math.round(top + 0.4 * head.unit)];
  const [width, height] = [Math.round(right - 0.5 * head.unit) - x0, Math.round(bottom - 0.4 * head.unit) - y0];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const start = 4 * ((y + y0) * head.picture.width + x0);
    data.set(head.picture.data.subarray(start, start + 4 * width), 4 * y * width);
  }
  return { width, height, data };
}

function paste(
  from: Picture,
  to: Picture,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): void {
  for (let y = Math.max(0, top); y < Math.min(to.height, top + height); y++) {
    for (let x = Math.max(0, left); x < Math.min(to.width, left + width); x++) {
      const u = Math.min(from.width - 1, Math.floor(((x - left) * from.width) / width));
      const v = Math.min(from.height - 1, Math.floor(((y - top) * from.height) / height));
      const p = 4 * (v * from.width + u);
      to.data.set(from.data.subarray(p, p + 4), 4 * (y * to.width + x));
    }
  }
}
