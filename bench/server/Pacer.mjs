const TICK_MS = 4;
/** What a pause may save up. */
const BURST_SECONDS = 0.012;
/** What one answer may send before the next has its turn. */
const SLICE = 8192;

/** @typedef {{ response: import('node:stream').Writable, body: Buffer, sent: number, turn: number }} Sending `turn`: bytes that it may still send in its turn */

/** Sends bodies at no more than `bytesPerSecond` in total: a bucket that fills with time, shared in turns. */
export class Pacer {
  bytesPerSecond = Infinity;
  /** @type {Sending[]} */
  #queue = [];
  #budget = 0;
  #filled = 0;
  #ticking = false;

  /** @param {import('node:stream').Writable} response @param {Buffer} body */
  send(response, body) {
    if (this.bytesPerSecond === Infinity || body.length === 0) return void response.end(body);
    if (this.#queue.length === 0) this.#filled = performance.now();
    this.#queue.push({ response, body, sent: 0, turn: SLICE });
    if (!this.#ticking) this.#tickSoon();
  }

  #tick() {
    const now = performance.now();
    const rate = this.bytesPerSecond;
    this.#budget = Math.min(this.#budget + ((now - this.#filled) / 1000) * rate, Math.max(SLICE, BURST_SECONDS * rate));
    this.#filled = now;
    while (this.#queue.length > 0 && this.#budget >= 1) {
      const [next] = this.#queue;
      if (next.response.destroyed) {
        this.#queue.shift();
        continue;
      }
      const end = Math.min(next.sent + next.turn, next.sent + Math.floor(this.#budget), next.body.length);
      next.response.write(next.body.subarray(next.sent, end));
      this.#budget -= end - next.sent;
      next.turn -= end - next.sent;
      next.sent = end;
      if (end === next.body.length) {
        this.#queue.shift();
        next.response.end();
      } else if (next.turn === 0) {
        // Not before: what the budget cut short goes on where it was, or whoever is first again and again would get more than the others.
        this.#queue.shift();
        this.#queue.push({ ...next, turn: SLICE });
      }
    }
    this.#ticking = false;
    if (this.#queue.length > 0) this.#tickSoon();
  }

  #tickSoon() {
    this.#ticking = true;
    setTimeout(() => this.#tick(), TICK_MS);
  }
}
