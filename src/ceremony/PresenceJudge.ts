import type { Presence } from '../shared/live.js';

/** How many looks in a row have to say the same before it is believed; of bad frames more, since people turn away for a moment. */
const NEEDED: Readonly<Record<Presence, number>> = { present: 2, absent: 2, 'someone-else': 2, several: 2, unknown: 3 };

/**
 * Who is in front of a camera, from one look after the other. A state is left only once others have said the same often enough, so that a
 * blink, a turned head or one bad frame changes nothing. Pure: it knows no time.
 */
export class PresenceJudge {
  #state: Presence = 'unknown';
  #candidate: Presence = 'unknown';
  #seen = 0;

  get state(): Presence {
    return this.#state;
  }

  observe(look: Presence): void {
    if (look !== this.#candidate) {
      this.#candidate = look;
      this.#seen = 0;
    }
    if (++this.#seen >= NEEDED[look]) this.#state = look;
  }

  /** Nothing was seen for a while: what was known no longer counts. */
  forget(): void {
    this.#state = this.#candidate = 'unknown';
    this.#seen = 0;
  }
}
