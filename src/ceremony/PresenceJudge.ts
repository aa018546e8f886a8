import type { Presence } from '../shared/live.js';

/** How many looks in a row have to say the same before it is believed; of bad frames more, since people turn away for a moment. */
const NEEDED: Readonly<Record<Presence, number>> = { present: 2, absent: 2, 'someone-else': 2, several: 2, unknown: 3 };
/** After so many looks in a row that do not agree with what is believed, nor with each other, it is believed no longer. */
const DISAGREEING = 3;

/**
 * Who is in front of a camera, from one look after the other. A state is left only once others have said the same often enough, or
 * several in a row something else, so that a blink, a turned head or one bad frame changes nothing. Pure: it knows no time.
 */
export class PresenceJudge {
  #state: Presence = 'unknown';
  #candidate: Presence = 'unknown';
  #seen = 0;
  /** How many looks in a row said something else than the state. */
  #against = 0;

  get state(): Presence {
    return this.#state;
  }

  observe(look: Presence): void {
    if (look !== this.#candidate) {
      this.#candidate = look;
      this.#seen = 0;
    }
    this.#against = look === this.#state ? 0 : this.#against + 1;
    if (++this.#seen >= NEEDED[look]) this.#become(look);
    else if (this.#against >= DISAGREEING) this.#become('unknown');
  }

  /** Nothing was seen for a while: what was known no longer counts. */
  forget(): void {
    this.#candidate = 'unknown';
    this.#seen = 0;
    this.#become('unknown');
  }

  #become(state: Presence): void {
    this.#state = state;
    this.#against = 0;
  }
}
