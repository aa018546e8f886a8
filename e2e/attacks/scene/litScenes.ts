import { drawColors } from '../../../src/ceremony/liveness/lightColors.js';
import { Actor, personRepertoire } from './Actor.js';
import { Film } from './Film.js';
import { LitCamera } from './LitCamera.js';
import { genuine, partOf, wall, type Cast, type Scene } from './openScene.js';
import { PhotoModel, type Bend } from './PhotoModel.js';
import { ScreenLight } from './ScreenLight.js';
import { between } from './seeded.js';
import type { Filmed } from './types.js';

/** The screen's light in shares of the room's: a laptop by daylight from a window, up to a bright one by a lamp in the evening. */
const INDOORS = [0.12, 0.9] as const;
const SUNLIGHT = [0.003, 0.015] as const;
/** What glass gives back of light, in shares of what paper does. */
const GLASS = [0.01, 0.05] as const;

/** A person who does what is asked, and whose head the screen lights. */
export const litPerson = (cast: Cast): Scene => lit(cast, INDOORS);

/** The same where the sun is a hundred times as bright as the screen. */
export const sunlitPerson = (cast: Cast): Scene => lit(cast, SUNLIGHT);

/**
 * A person who does what is asked, and a print of their picture in their very place once the screen gives light; flat, or bent over a
 * cylinder.
 */
export function litPrint(cast: Cast, bent: boolean): Scene {
  const { one, random } = cast;
  const bend: Bend = { radius: bent ? between(random, 1, 3) : Infinity, axis: 'upright' };
  const print = new PhotoModel(() => one.picture, partOf(one), one.unit, bend, one.picture);
  return lit(cast, INDOORS, print);
}

/** A screen that plays, without any delay, a person who does all that is asked, but was filmed without the light. */
export function litScreen(cast: Cast): Scene {
  const { one, random } = cast;
  const played = genuine(cast);
  let now = 0;
  const screen = new PhotoModel(
    () => played.frame(now),
    partOf(one),
    one.unit,
    { radius: Infinity, axis: 'upright' },
    wall(one.picture),
    between(random, ...GLASS),
  );
  const light = new ScreenLight(between(random, ...INDOORS));
  const hand = new Actor(random, personRepertoire(random), 0.3);
  const film = new Film(wall(one.picture), random, undefined, new LitCamera(light, random));
  return {
    ask: (prompt, at) => played.ask(prompt, at),
    light: (color, at) => light.show(color, at),
    frame(at) {
      now = at;
      return film.frame([{ what: screen, motion: hand.at(at) }], at);
    },
  };
}

/** A film of a person who does what is asked and was lit by other colors, each at the very moment of the session's. */
export function otherColors(cast: Cast): Scene {
  const scene = lit(cast, INDOORS);
  const colors = drawColors(cast.random);
  let isFirst = true;
  return {
    ...scene,
    light(color, now) {
      // A neutral one comes first in every session.
      scene.light!(isFirst || color === null ? color : (colors.shift() ?? null), now);
      isFirst = false;
    },
  };
}

function lit({ one, random }: Cast, range: readonly [number, number], instead?: Filmed): Scene {
  const light = new ScreenLight(between(random, ...range));
  const actor = new Actor(random, personRepertoire(random));
  const film = new Film(one.picture, random, undefined, new LitCamera(light, random), between(random, 0, 0.5));
  let isLit = false;
  return {
    ask(prompt, now) {
      actor.ask(prompt, now);
      isLit = prompt === 'hold-still';
    },
    repeat: (now) => actor.repeat(now),
    light: (color, now) => light.show(color, now),
    frame: (now) => film.frame([{ what: (isLit && instead) || one, motion: actor.at(now) }], now),
  };
}
