import type { LivenessProgress, LivenessPrompt } from '../../src/index.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import { PROMPT_TEXTS } from './livenessTexts.js';

const REMEMBERED = 'visavis-demo-liveness';
/** Circumference of the ring, whose `pathLength` is 100. */
const ROUND = 100;

/** The switch that asks for movement, and the prompt over the mirror: icon, text, a ring that fills as the movement is seen. */
export class LivenessStage {
  readonly #switch = byId('liveness-switch', HTMLInputElement);
  readonly #box = byId('liveness');
  readonly #ring = byId('liveness-ring', SVGCircleElement);
  readonly #time = byId('liveness-time');
  #action: LivenessPrompt['action'] | null = null;

  /** @param say tells screen readers */
  constructor(private readonly say: (text: string) => void) {
    this.#switch.checked = localStorage.getItem(REMEMBERED) === 'on';
    this.#switch.addEventListener('change', () => localStorage.setItem(REMEMBERED, this.#switch.checked ? 'on' : 'off'));
  }

  /** Whether the person wants to be asked. */
  get wanted(): boolean {
    return this.#switch.checked;
  }

  readonly prompt = ({ action, done, total }: LivenessPrompt): void => {
    this.#box.hidden = false;
    this.#box.dataset.action = action;
    const count = action === 'face-camera' ? '' : `${done + 1} of ${total}`;
    byId('liveness-icon', SVGUseElement).setAttribute('href', `#icon-${action}`);
    setText(byId('liveness-text'), PROMPT_TEXTS[action]);
    setText(byId('liveness-count'), count);
    if (action !== this.#action) this.say(count ? `${count}. ${PROMPT_TEXTS[action]}` : PROMPT_TEXTS[action]);
    this.#action = action;
    this.#fill(0);
    this.#time.style.setProperty('--left', '1');
  };

  readonly progress = ({ prompt, progress, remaining }: LivenessProgress): void => {
    this.#fill(progress);
    this.#time.style.setProperty('--left', String(remaining / prompt.timeLimit));
  };

  clear(): void {
    this.#box.hidden = true;
    this.#action = null;
  }

  #fill(share: number): void {
    this.#ring.style.strokeDashoffset = String(ROUND * (1 - share));
  }
}
