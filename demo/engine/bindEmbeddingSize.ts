import type { PageState, PageStore } from '../state/PageState.js';
import { setText } from '../ui/setText.js';

/** Of the model that the pages load unless another is chosen. */
const USUAL_SIZE = 128;

/** How many numbers the chosen model makes of a face. */
export function embeddingSize({ engine }: PageState): number {
  return engine.state === 'ready' ? engine.info.embeddingSize : USUAL_SIZE;
}

/** Texts that say how many numbers a face becomes say what is true of the chosen model: every element with `data-embedding-size`. */
export function bindEmbeddingSize(store: PageStore): void {
  const places = document.querySelectorAll('[data-embedding-size]');
  store.subscribe((state) => places.forEach((place) => setText(place, `${embeddingSize(state)}`)));
}
