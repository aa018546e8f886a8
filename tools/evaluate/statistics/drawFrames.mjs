import { shuffled } from './shuffled.mjs';

/** @template T @typedef {{ person: number, frames: T[] }} Drawn pictures of one person that stand together */

/**
 * Shuffles every person's pictures and takes the first as a template and the others, as far as they go, as probes, so that no picture is in
 * both. Who has too few for both gives one of the two (for impostor pairs).
 * @template T
 * @param {readonly (readonly T[])[]} pictures of each person
 * @param {number} templateFrames pictures in a template
 * @param {number} probeFrames pictures in a probe
 * @param {() => number} random
 * @returns {{ templates: Drawn<T>[], probes: Drawn<T>[] }}
 */
export function drawFrames(pictures, templateFrames, probeFrames, random) {
  /** @type {Drawn<T>[]} */
  const templates = [];
  /** @type {Drawn<T>[]} */
  const probes = [];
  pictures.forEach((own, person) => {
    const order = shuffled(own, random);
    // Whoever has enough for one of the two only: templates are scarcer where they take more pictures, else the lot decides.
    const lone = own.length < templateFrames + probeFrames && own.length >= probeFrames && templateFrames <= probeFrames;
    let at = 0;
    if (own.length >= templateFrames && !(lone && random() < 0.5)) {
      templates.push({ person, frames: order.slice(0, templateFrames) });
      at = templateFrames;
    }
    for (; at + probeFrames <= order.length; at += probeFrames) {
      probes.push({ person, frames: order.slice(at, at + probeFrames) });
    }
  });
  return { templates, probes };
}
