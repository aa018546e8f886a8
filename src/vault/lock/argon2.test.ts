import { describe, expect, it } from 'vitest';
import { freshParameters, readParameters, stretch, writeParameters } from './argon2.js';
import { ByteReader } from '../sealed/ByteReader.js';
import { ByteWriter } from '../sealed/ByteWriter.js';

const read = (cost: { memoryKiB?: number; passes?: number; lanes?: number }) =>
  readParameters(new ByteReader(writeParameters(new ByteWriter(), { ...freshParameters(), ...cost }).bytes()));

describe('Argon2’s parameters', () => {
  it('are taken up to RFC 9106’s second choice', () => {
    for (const cost of [{}, { memoryKiB: 65_536, passes: 3, lanes: 4 }, { passes: 10 }]) expect(read(cost)).toMatchObject(cost);
  });

  it.each([
    { memoryKiB: 19_455 },
    { passes: 1 },
    { lanes: 0 },
    { memoryKiB: 65_537, passes: 2 },
    { memoryKiB: 65_536, passes: 4 },
    { passes: 11 },
    { lanes: 5 },
    { memoryKiB: 262_144, passes: 16, lanes: 4 },
  ])('are refused at %o', (cost) => {
    expect(() => read(cost)).toThrow(RangeError);
  });
});

describe('stretch', () => {
  it('ends when the signal fires, also in the middle', async () => {
    const controller = new AbortController();
    const running = stretch('correct horse', { ...freshParameters(), memoryKiB: 65_536, passes: 3 }, controller.signal);
    setTimeout(() => controller.abort());
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await expect(stretch('correct horse', freshParameters(), controller.signal)).rejects.toMatchObject({ code: 'aborted' });
  });
});
