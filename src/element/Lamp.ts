import type { LivenessLight } from '../shared/liveness.js';

/** The screen as a lamp: the layer that fills it takes on one color after the other, and its style fades between them. */
export class Lamp implements LivenessLight {
  readonly #layer: () => HTMLElement | null;

  /** @param layer what fills the screen; null while nothing does */
  constructor(layer: () => HTMLElement | null) {
    this.#layer = layer;
  }

  readonly show = (color: string | null): void => {
    const layer = this.#layer();
    if (!layer) return;
    layer.toggleAttribute('data-lit', color !== null);
    layer.style.backgroundColor = color ?? '';
  };
}

/** Who asked for less motion is shown no changing colors; who has colors of their own sees no others. */
export function mayLight(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce), (forced-colors: active)').matches;
}
