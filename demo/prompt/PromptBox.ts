import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';

/** Circumference of the ring, whose `pathLength` is 100. */
const ROUND = 100;

export interface Prompt {
  /** Tells prompts apart, and names the icon: `#icon-…` of the page. */
  readonly icon: string;
  readonly text: string;
  readonly count: string;
  /** What the button "Skip" does; null if the prompt can't be skipped. */
  readonly skip?: (() => void) | null;
}

/** The prompt on the mirror: an icon, a text, a ring that fills as the movement is seen, and a line for the time left. */
export class PromptBox {
  readonly #box = byId('prompt');
  readonly #ring = byId('prompt-ring', SVGCircleElement);
  readonly #time = byId('prompt-time');
  readonly #button = byId('prompt-skip', HTMLButtonElement);
  #skip: (() => void) | null = null;
  #said = '';

  /** @param say tells screen readers */
  constructor(private readonly say: (text: string) => void) {
    this.#button.addEventListener('click', () => this.#skip?.());
  }

  show({ icon, text, count, skip = null }: Prompt): void {
    this.#box.hidden = false;
    this.#box.dataset.action = icon;
    byId('prompt-icon', SVGUseElement).setAttribute('href', `#icon-${icon}`);
    setText(byId('prompt-text'), text);
    setText(byId('prompt-count'), count);
    this.#skip = skip;
    this.#button.hidden = skip === null;
    if (text !== this.#said) this.say(count ? `${count}. ${text}` : text);
    this.#said = text;
    this.fill(0, 1);
  }

  /** @param seen 0 … 1 @param left of the time, 0 … 1 */
  fill(seen: number, left: number): void {
    this.#ring.style.strokeDashoffset = String(ROUND * (1 - seen));
    this.#time.style.setProperty('--left', String(left));
  }

  count(text: string): void {
    setText(byId('prompt-count'), text);
  }

  clear(): void {
    this.#box.hidden = true;
    this.#skip = null;
    this.#said = '';
  }
}
