import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '../ModelFile.js';
import { kerasArchiveReader } from './kerasArchiveReader.js';
import { kerasHdf5Reader } from './kerasHdf5Reader.js';

const load = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name)));
/** More where somebody looks for what was missed: VISAVIS_MUTATIONS=2000. */
const COUNT = Number(process.env['VISAVIS_MUTATIONS'] ?? 40);

/** Whole numbers below `limit` (mulberry32). */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

/** Cut off, moved within itself, or with a few bytes changed: many to 0 or 255, which counts and addresses suffer from most. */
function damaged(bytes: Uint8Array, roll: (limit: number) => number): Uint8Array {
  const kind = roll(10);
  const result = bytes.slice();
  if (kind === 0) return result.subarray(0, roll(bytes.length));
  if (kind === 1) {
    const from = roll(bytes.length);
    return result.copyWithin(roll(bytes.length), from, from + roll(4096));
  }
  for (let n = roll(30); n >= 0; n--) {
    const at = roll(bytes.length);
    result[at] = [0, 255, roll(256), bytes[at] ^ (1 << roll(8))][roll(4)];
  }
  return result;
}

describe('damaged Keras files', () => {
  it.each(['every-layer.h5', 'every-layer.keras', 'inception-resnet-tiny.weights.h5', 'keras2-inception-resnet-mini.h5'])(
    '%s is read or refused, at once',
    async (name) => {
      const whole = load(name);
      const roll = dice(name.length);
      let refused = 0;
      for (let i = 0; i < COUNT; i++) {
        const file: ModelFile = { name, bytes: damaged(whole, roll) };
        // The readers themselves: importing makes refusals of errors that nobody thought of, and these are looked for.
        const reader = [kerasArchiveReader, kerasHdf5Reader].find((each) => each.matches(file))!;
        const since = performance.now();
        const error: unknown = await reader.read(file, name.includes('tiny') ? { inputSize: 96 } : {}).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(performance.now() - since).toBeLessThan(1000);
        if (error === undefined) continue;
        expect(error, `mutation ${i}`).toMatchObject({ code: 'import-failed' });
        refused++;
      }
      expect(refused).toBeGreaterThan(COUNT / 10);
    },
    COUNT * 1000,
  );
});
