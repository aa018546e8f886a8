import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacer } from './Pacer.mjs';

let now = 0;
beforeEach(() => {
  now = 0;
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Collects what is written, and when the last of it came. */
class Sink extends Writable {
  body = Buffer.alloc(0);
  ms: number | null = null;
  override _write(chunk: Buffer, _encoding: string, next: () => void): void {
    this.body = Buffer.concat([this.body, chunk]);
    next();
  }
  override end(...rest: []): this {
    this.ms = now;
    return super.end(...rest);
  }
}

describe('Pacer', () => {
  // A timer of 4 ms comes late as it likes.
  it.each([4, 7.3, 8.5, 10, 11, 30])(
    'shares the line among all answers, and sends every byte in order, with %d ms from turn to turn',
    async (tick) => {
      const pacer = new Pacer();
      pacer.bytesPerSecond = 1e6;
      const bodies = [Buffer.alloc(60_000, 'ab'), Buffer.alloc(60_000, 'xyz')];
      const sinks = bodies.map((body) => {
        const sink = new Sink();
        pacer.send(sink, body);
        return sink;
      });
      while (sinks.some(({ ms }) => ms === null)) {
        now += tick;
        await vi.advanceTimersToNextTimerAsync();
        // Never more than a turn apart.
        expect(Math.abs(sinks[0].body.length - sinks[1].body.length)).toBeLessThanOrEqual(8192);
      }
      expect(sinks.map(({ body }, i) => body.equals(bodies[i]))).toEqual([true, true]);
      // 120 kB at 1 MB/s, or at 12 kB a turn where turns are longer than what a pause may save up.
      expect(now).toBeGreaterThanOrEqual(120);
      expect(now).toBeLessThanOrEqual(120 * Math.max(1, tick / 12) + tick);
    },
  );

  it('goes on with the others where one breaks off', async () => {
    const pacer = new Pacer();
    pacer.bytesPerSecond = 1e6;
    const [gone, other] = [new Sink(), new Sink()];
    for (const sink of [gone, other]) pacer.send(sink, Buffer.alloc(20_000));
    gone.destroy();
    while (other.ms === null) {
      now += 4;
      await vi.advanceTimersToNextTimerAsync();
    }
    expect(other.body.length).toBe(20_000);
    expect(now).toBeLessThanOrEqual(24);
  });

  it('sends at once where no speed is set', () => {
    const sink = new Sink();
    new Pacer().send(sink, Buffer.from('all'));
    expect(sink.body.toString()).toBe('all');
  });
});
