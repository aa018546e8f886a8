import type { Answer, Refusal } from './Answer.js';

/**
 * What the page reads and fetches of the models while the engine's thread starts, and gives away once. It checks none of it: that is up to
 * who takes it.
 */
export interface EarlyModels {
  /** What the cache holds under a key of `keptModels`; null where it holds nothing, undefined where the page did not look. */
  readonly kept: (key: string) => Promise<ArrayBuffer | null | undefined>;
  /**
   * What the server answered; null where the page did not ask, or nothing answered. Rejects where the answer broke off.
   * @param onArrived called with how many bytes have arrived so far
   */
  readonly fetched: (url: string, onArrived: (bytes: number) => void) => Promise<Answer | Refusal | null>;
  /** Ends a file that is on its way, since nobody waits for it any more: it would take the connection from the next try. */
  readonly drop: (url: string) => void;
}
