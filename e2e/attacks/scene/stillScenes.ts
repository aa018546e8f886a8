import type { Prompted } from './Actor.js';
import { Film } from './Film.js';
import type { Cast, Scene } from './openScene.js';
import { personRepertoire } from './Actor.js';
import { between } from './seeded.js';
import { Stills } from './Stills.js';
import { REST, type Motion } from './types.js';

export interface InTurn {
  /** How many photographs there are of every movement, between its beginning and its end. */
  halfway: number;
  /** How long one photograph fades into the next, milliseconds; 0: hard cuts. */
  fade: number;
  /** How long each is shown at least, milliseconds. */
  shown: number;
}

/** Photographs of one person in every pose, shown one after the other as asked: with those on the way to the pose, and on the way back. */
export function stillsInTurn({ one, random }: Cast, { halfway, fade, shown }: InTurn): Scene {
  const repertoire = personRepertoire(random);
  const stills = new Stills(one, random, fade);
  const film = new Film(one.picture, random);
  const each = () => Math.max(fade, between(random, shown, 1.5 * shown));
  let asked: Prompted = 'face-camera';
  /** Plans the pictures on the way to what is asked, and tells when the last one is done. */
  const go = (prompt: Prompted, since: number): number => {
    let at = since;
    const from = stills.at(at);
    const to = prompt === 'face-camera' || prompt === 'hold-still' ? REST : { ...REST, ...repertoire[prompt] };
    const shares = Array.from({ length: halfway + 1 }, (_, k) => (k + 1) / (halfway + 1));
    // Eyes shut and open again.
    const way = prompt === 'blink' ? [...shares, ...shares.map((share) => 1 - share)] : shares;
    stills.plan(
      way.map((share) => {
        const step = { at, motion: mixed(from, to, share) };
        at += each();
        return step;
      }),
    );
    return at;
  };
  return {
    ask(prompt, now) {
      asked = prompt;
      go(prompt, now + between(random, 250, 650));
    },
    repeat(now) {
      go(asked, go('face-camera', now + between(random, 300, 700)) + 200);
    },
    frame: (now) => film.frame([{ what: stills, motion: REST }], now),
  };
}

function mixed(from: Motion, to: Motion, share: number): Motion {
  const keys = Object.keys(REST) as (keyof Motion)[];
  return Object.fromEntries(keys.map((key) => [key, from[key] + share * (to[key] - from[key])])) as unknown as Motion;
}
