import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Pacer } from './Pacer.mjs';

/** Collects what is written; `done` resolves with it and with the milliseconds that it took. */
function sink() {
  const chunks: Buffer[] = [];
  const began = performance.now();
  let finish: (value: { body: Buffer; ms: number }) => void;
  const done = new Promise<{ body: Buffer; ms: number }>((resolve) => (finish = resolve));
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, next) => {
      chunks.push(Buffer.from(chunk));
      next();
    },
    final: (next) => {
      finish({ body: Buffer.concat(chunks), ms: performance.now() - began });
      next();
    },
  });
  return { stream, done };
}

describe('Pacer', () => {
  it('shares the line among all answers, and sends every byte in order', async () => {
    const pacer = new Pacer();
    pacer.bytesPerSecond = 1e6;
    const bodies = [Buffer.alloc(60_000, 'ab'), Buffer.alloc(60_000, 'xyz')];
    const sinks = bodies.map((body) => {
      const each = sink();
      pacer.send(each.stream, body);
      return each;
    });
    const sent = await Promise.all(sinks.map(({ done }) => done));
    expect(sent.map(({ body }, i) => body.equals(bodies[i]))).toEqual([true, true]);
    // 120 kB at 1 MB/s, less what a burst may be ahead. Neither is served before the other.
    for (const { ms } of sent) expect(ms).toBeGreaterThan(90);
  });

  it('sends at once where no speed is set', async () => {
    const { stream, done } = sink();
    new Pacer().send(stream, Buffer.from('all'));
    expect((await done).body.toString()).toBe('all');
  });
});
