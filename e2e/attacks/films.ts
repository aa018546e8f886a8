import { CHALLENGES, type Challenge } from '../../src/index.js';
import { blended } from './scene/blendScenes.js';
import * as lit from './scene/litScenes.js';
import * as scenes from './scene/openScene.js';
import type { Cast, Scene } from './scene/openScene.js';
import { between } from './scene/seeded.js';
import { stillsInTurn } from './scene/stillScenes.js';

/** A kind of film that a liveness session is shown. */
export interface FilmKind {
  readonly scene: (cast: Cast) => Scene;
  /** Milliseconds between frames; default 100. */
  readonly step?: number;
  /** Whether frames come without a time, and as fast as they are judged. */
  readonly untimed?: boolean;
  /** Whether the session asks for one movement and ends with light from the screen. */
  readonly lit?: boolean;
  /** Whose template the session's captures are compared with: the one who does what is asked (default), or the other. */
  readonly claims?: 'one' | 'other';
}

const GENUINE: FilmKind = { scene: scenes.genuine };

/**
 * Every film; its position in the list seeds its random numbers. Those that begin with `light:` are sessions that end with light from the
 * screen; docs/liveness.md says what each of them shows about the check.
 */
export const FILMS: Readonly<Record<string, FilmKind>> = {
  genuine: GENUINE,
  'still photo': { scene: scenes.stillPhoto },
  'photo moved, tilted and zoomed': { scene: scenes.movedPhoto },
  'photo bent, moved, tilted and zoomed': { scene: scenes.bentPhoto },
  'photo with cut-out eyes and mouth': { scene: scenes.cutOutPhoto },
  'replay of another session': { scene: (cast) => scenes.replay(cast, otherSession(cast)) },
  'face swapped halfway': { scene: scenes.swapped },
  'frozen camera': { scene: scenes.frozen },
  'two people': { scene: (cast) => scenes.twoPeople(cast, 0) },
  'second face entering': { scene: (cast) => scenes.twoPeople(cast, between(cast.random, 1000, 3500)) },
  'film cut together': { scene: scenes.cut },
  'light: genuine': { scene: lit.litPerson, lit: true },
  'light: print in place of the face': { scene: (cast) => lit.litPrint(cast, false), lit: true },
  'light: bent print in place of the face': { scene: (cast) => lit.litPrint(cast, true), lit: true },
  'light: screen that does what is asked': { scene: lit.litScreen, lit: true },
  'light: film with other colors': { scene: lit.otherColors, lit: true },
  'light: genuine, in sunlight': { scene: lit.sunlitPerson, lit: true },
  'genuine, 30 frames a second': { ...GENUINE, step: 1000 / 30 },
  'genuine, 15 frames a second': { ...GENUINE, step: 1000 / 15 },
  'genuine, 6 frames a second': { ...GENUINE, step: 1000 / 6 },
  'genuine, 5 frames a second': { ...GENUINE, step: 200 },
  'stills, hard cuts': stills({ halfway: 0, fade: 0, shown: 200 }),
  'stills, one half-way': stills({ halfway: 1, fade: 0, shown: 200 }),
  'stills, one half-way, 5 frames a second': { ...stills({ halfway: 1, fade: 0, shown: 200 }), step: 200 },
  'stills, two on the way': stills({ halfway: 2, fade: 0, shown: 100 }),
  'stills, four on the way': stills({ halfway: 4, fade: 0, shown: 100 }),
  'stills, cross-faded': stills({ halfway: 0, fade: 600, shown: 600 }),
  'stills, cross-faded slowly': stills({ halfway: 0, fade: 1500, shown: 1500 }),
  'stills, one half-way, cross-faded': stills({ halfway: 1, fade: 400, shown: 400 }),
  'stills, 1 frame a second': { ...stills({ halfway: 0, fade: 0, shown: 900 }), step: 960 },
  'stills, no times': { ...stills({ halfway: 0, fade: 0, shown: 200 }), untimed: true },
  'stills, one half-way, no times': { ...stills({ halfway: 1, fade: 0, shown: 200 }), untimed: true },
  'blend at the last rest': { scene: (cast) => blended(cast, 'at the last rest', 0.5), claims: 'other' },
  'blend at every rest': { scene: (cast) => blended(cast, 'at every rest', 0.5), claims: 'other' },
  'blend all the time': { scene: (cast) => blended(cast, 'all the time', 0.5), claims: 'other' },
};

function stills(way: Parameters<typeof stillsInTurn>[1]): FilmKind {
  return { scene: (cast) => stillsInTurn(cast, way) };
}

/** What a session may have asked for that asked for something else. */
function otherSession({ challenges, random }: Cast): Challenge[] {
  for (;;) {
    const rest: Challenge[] = [...CHALLENGES];
    const script = challenges.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0]);
    if (script.join() !== challenges.join()) return script;
  }
}
