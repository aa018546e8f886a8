import { shuffled } from './shuffled.js';

/** Pictures of one person that stand together. */
export interface Drawn<T> {
  readonly person: number;
  readonly frames: readonly T[];
}

/** One way of parting everyone’s pictures. */
export interface Split<T> {
  readonly templates: readonly Drawn<T>[];
  readonly probes: readonly Drawn<T>[];
}

/**
 * Shuffles every person's pictures and takes the first as a template and the others, as far as they go, as probes, so that no picture is in
 * both. Who has too few for both gives one of the two (for impostor pairs).
 * @param pictures of each person
 * @param templateFrames pictures in a template
 * @param probeFrames pictures in a probe
 */
export function drawFrames<T>(
  pictures: readonly (readonly T[])[],
  templateFrames: number,
  probeFrames: number,
  random: () => number,
): Split<T> {
  const templates: Drawn<T>[] = [];
  const probes: Drawn<T>[] = [];
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
