import type { LivenessLight, LivenessProgress, LivenessPrompt } from '../../src/index.js';
import type { PromptBox } from '../prompt/PromptBox.js';
import { byId } from '../ui/byId.js';
import { LightChoice } from './LightChoice.js';
import type { LightScreen } from './LightScreen.js';
import { PROMPT_TEXTS } from './livenessTexts.js';

const REMEMBERED = 'visavis-demo-liveness';

/** The switches that ask for movements and light, and the prompts of a session. */
export class LivenessStage {
  readonly #switch = byId('liveness-switch', HTMLInputElement);

  readonly #light: LightChoice;

  constructor(
    private readonly box: PromptBox,
    private readonly screen: LightScreen,
  ) {
    this.#switch.checked = localStorage.getItem(REMEMBERED) === 'on';
    this.#light = new LightChoice(this.#switch);
    this.#switch.addEventListener('change', () => localStorage.setItem(REMEMBERED, this.#switch.checked ? 'on' : 'off'));
  }

  /** Whether the person wants to be asked. */
  get wanted(): boolean {
    return this.#switch.checked;
  }

  /** The light that the person agreed to; undefined for none. */
  get light(): LivenessLight | undefined {
    return this.#light.wanted ? this.screen : undefined;
  }

  readonly prompt = ({ action, done, total }: LivenessPrompt): void => {
    this.box.show({
      icon: action,
      text: PROMPT_TEXTS[action],
      count: action === 'face-camera' || action === 'hold-still' ? '' : `${done + 1} of ${total}`,
    });
  };

  readonly progress = ({ prompt, progress, remaining }: LivenessProgress): void => {
    this.box.fill(progress, remaining / prompt.timeLimit);
    this.screen.fill(prompt.action === 'hold-still' ? progress : 0);
  };

  clear(): void {
    this.box.clear();
  }
}
