import { Actor, personRepertoire } from './Actor.js';
import { Film } from './Film.js';
import type { Cast, Scene } from './openScene.js';
import type { Motion } from './types.js';

/** When the blend is shown in place of the person who moves. */
export type Shown = 'at the last rest' | 'at every rest' | 'all the time';

/** How far from facing the camera a face counts as turned: there the identity limits are wider. Degrees. */
const TURNED = 9;

/** A person who does what is asked, and in whose place a blend of them and of the other is shown; the other is whom they want to be. */
export function blended(cast: Cast, shown: Shown, share: number): Scene {
  const { one, other, random, challenges } = cast;
  const blend = one.blend(other, share);
  const actor = new Actor(random, personRepertoire(random));
  const [own, others] = [new Film(one.picture, random), new Film(blend.picture, random)];
  let prompts = 0;
  const isBlend = ({ yaw, pitch }: Motion): boolean => {
    if (shown === 'all the time') return true;
    if (shown === 'at the last rest') return prompts === 1 + 2 * challenges.length;
    return Math.max(Math.abs(yaw), Math.abs(pitch)) < TURNED;
  };
  return {
    ask(prompt, now) {
      actor.ask(prompt, now);
      prompts++;
    },
    repeat: (now) => actor.repeat(now),
    frame(now) {
      const motion = actor.at(now);
      return isBlend(motion) ? others.frame([{ what: blend, motion }]) : own.frame([{ what: one, motion }]);
    },
  };
}
