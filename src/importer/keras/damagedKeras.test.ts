import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { damaged, dice } from '../fixtures/damaged.js';
import { processorClock } from '../fixtures/processorClock.js';
import type { ModelFile } from '../ModelFile.js';
import { kerasArchiveReader } from './kerasArchiveReader.js';
import { kerasHdf5Reader } from './kerasHdf5Reader.js';

const load = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name)));
/** More where somebody looks for what was missed: VISAVIS_MUTATIONS=2000. */
const COUNT = Number(process.env['VISAVIS_MUTATIONS'] ?? 40);

describe('damaged Keras files', () => {
  it.each(['every-layer.h5', 'every-layer.keras', 'inception-resnet-tiny.weights.h5', 'keras2-inception-resnet-mini.h5'])(
    '%s is read or refused, at once',
    async (name) => {
      const whole = load(name);
      const roll = dice(name.length);
      let refused = 0;
      for (let i = 0; i < COUNT; i++) {
        const file: ModelFile = { name, bytes: damaged(whole, roll) };
        // The readers themselves: importing would make refusals of plain errors that nobody thought of, and all of them are looked for.
        const reader = [kerasArchiveReader, kerasHdf5Reader].find((each) => each.matches(file))!;
        const spent = processorClock();
        const error: unknown = await reader.read(file, name.includes('tiny') ? { inputSize: 96 } : {}).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(spent(), `mutation ${i}`).toBeLessThan(1000);
        if (error === undefined) continue;
        expect(error, `mutation ${i}`).toMatchObject({ code: 'import-failed' });
        refused++;
      }
      expect(refused).toBeGreaterThan(COUNT / 10);
    },
    COUNT * 1000,
  );
});
