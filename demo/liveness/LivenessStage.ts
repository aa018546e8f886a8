import type { LivenessProgress, LivenessPrompt } from '../../src/index.js';
import type { PromptBox } from '../prompt/PromptBox.js';
import { byId } from '../ui/byId.js';
import { PROMPT_TEXTS } from './livenessTexts.js';

const REMEMBERED = 'visavis-demo-liveness';

/** The switch that asks for movement, and what a session asks for. */
export class LivenessStage {
  readonly #switch = byId('liveness-switch', HTMLInputElement);

  constructor(private readonly box: PromptBox) {
    this.#switch.checked = localStorage.getItem(REMEMBERED) === 'on';
    this.#switch.addEventListener('change', () => localStorage.setItem(REMEMBERED, this.#switch.checked ? 'on' : 'off'));
  }

  /** Whether the person wants to be asked. */
  get wanted(): boolean {
    return this.#switch.checked;
  }

  readonly prompt = ({ action, done, total }: LivenessPrompt): void => {
    this.box.show({ icon: action, text: PROMPT_TEXTS[action], count: action === 'face-camera' ? '' : `${done + 1} of ${total}` });
  };

  readonly progress = ({ prompt, progress, remaining }: LivenessProgress): void => {
    this.box.fill(progress, remaining / prompt.timeLimit);
  };

  clear(): void {
    this.box.clear();
  }
}
