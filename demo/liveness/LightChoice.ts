import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';

const WARNING =
  'The whole page changes its colour slowly, once a second, for about six seconds. Do not use it if flashing lights can harm you (photosensitive epilepsy). Keeps out screens and films; tried on simulated light only.';
const STILL = 'Your system asks for less motion: then this page changes no colours.';

/** The switch that also asks for light. It is off on every visit: whoever sits there now must have read the warning. */
export class LightChoice {
  readonly #switch = byId('light-switch', HTMLInputElement);
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');

  /** @param movement the switch without which there is no light */
  constructor(private readonly movement: HTMLInputElement) {
    const update = () => this.#update();
    movement.addEventListener('change', update);
    this.#still.addEventListener('change', update);
    update();
  }

  /** Whether the person wants it, now. */
  get wanted(): boolean {
    return this.#switch.checked && !this.#switch.disabled;
  }

  #update(): void {
    this.#switch.disabled = this.#still.matches || !this.movement.checked;
    if (this.#switch.disabled) this.#switch.checked = false;
    setText(byId('light-note'), this.#still.matches ? STILL : WARNING);
  }
}
