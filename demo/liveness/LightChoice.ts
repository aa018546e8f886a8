import { byId } from '../ui/byId.js';

/**
 * The switch that also asks for light. It is off on every visit, because the person in front of it now has to have read the warning. It
 * can't be turned on if the system is set to reduce motion.
 */
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

  /** Whether the person wants it right now. */
  get wanted(): boolean {
    return this.#switch.checked && !this.#switch.disabled;
  }

  #update(): void {
    this.#switch.disabled = this.#still.matches || !this.movement.checked;
    if (this.#switch.disabled) this.#switch.checked = false;
    byId('light-warning').hidden = this.#still.matches;
    byId('light-still').hidden = !this.#still.matches;
  }
}
