import { shuffled } from './shuffled.js';

/** Pictures of one person that are used together. */
export interface Drawn<T> {
  readonly person: number;
  readonly frames: readonly T[];
}

/** One way of splitting everyone's pictures. */
export interface Split<T> {
  readonly templates: readonly Drawn<T>[];
  readonly probes: readonly Drawn<T>[];
}

/**
 * Shuffles every person's pictures and uses the first ones as a template and as many of the others as possible as probes, so that no
 * picture is in both. A person with too few pictures for both gives only one of the two (for impostor pairs).
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
    // A person with enough pictures for only one of the two: templates are scarcer if they take more pictures; otherwise choose at random.
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
