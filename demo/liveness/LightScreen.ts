import { byId } from '../ui/byId.js';

const DARK = 'transparent';

/** Turns the whole page into a lamp: a layer on top that fades from one color to the next. Escape and its button stop it. */
export class LightScreen {
  readonly #layer = byId('light-screen', HTMLDialogElement);
  readonly #progress = byId('light-progress', HTMLProgressElement);
  #isLit = false;

  /** @param stop ends what the light is for */
  constructor(stop: () => void) {
    byId('light-stop', HTMLButtonElement).addEventListener('click', () => this.#layer.close());
    this.#layer.addEventListener('close', () => {
      if (this.#isLit) stop();
      this.#isLit = false;
    });
  }

  /** Fades to a color, or back to the page for null. */
  readonly show = (color: string | null): void => {
    this.#isLit = color !== null;
    if (this.#isLit && !this.#layer.open) {
      this.#layer.style.backgroundColor = DARK;
      this.#layer.showModal();
      void this.#fading(); // reading the animations makes the browser apply the layer's color, so that it fades from there
    }
    this.#layer.style.backgroundColor = color ?? DARK;
    if (color !== null) return;
    void this.#fading().then(() => {
      if (!this.#isLit) this.#layer.close();
    });
  };

  #fading(): Promise<unknown> {
    return Promise.allSettled(this.#layer.getAnimations().map(({ finished }) => finished));
  }

  /** @param done 0 … 1 */
  fill(done: number): void {
    this.#progress.value = done;
  }
}
