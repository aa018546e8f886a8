import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Hdf5Object } from './Hdf5Object.js';

/** Written by h5py 3.16. */
const load = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name)));
const open = (name: string) => Hdf5Object.open(load(name));
const layouts = open('layouts.h5');
const read = (path: string) => layouts.find(path)!.tensor();
const expected = Array.from({ length: 5 * 7 * 3 }, (_, i) => i / 4);

describe('Hdf5Object', () => {
  it.each(['plain', 'doubles', 'halves', 'big-endian', 'chunked', 'gzip', 'shuffled', 'deep/er/soft'])('reads %s', async (path) => {
    const { shape, values } = await read(path);
    expect(shape).toEqual([5, 7, 3]);
    expect(values).toBeInstanceOf(Float32Array);
    expect([...values]).toEqual(expected);
  });

  it('reads one value, none, and a link from its own group', async () => {
    expect(await read('one')).toEqual({ shape: [], values: Float32Array.of(2.5) });
    expect(await read('none')).toEqual({ shape: [0, 3], values: new Float32Array() });
    expect(await read('deep/er/relative')).toEqual({ shape: [2], values: Float32Array.of(1, 2) });
  });

  it('copies nothing that stands in the file as it is wanted', async () => {
    const bytes = load('layouts.h5').slice();
    expect((await Hdf5Object.open(bytes).find('plain')!.tensor()).values.buffer).toBe(bytes.buffer);
  });

  it('reads texts of fixed and of any length', () => {
    expect(layouts.texts('fixed')).toEqual(['a', 'bcd']);
    expect(layouts.texts('any length')).toEqual(['one', 'two words', '']);
    expect(layouts.texts('text')).toEqual(['a text']);
    expect(layouts.texts('empty')).toEqual([]);
    expect(layouts.texts('number')).toBeUndefined();
    expect(layouts.texts('nothing')).toBeUndefined();
  });

  it('counts what it goes through for each text', () => {
    const root = open('layouts.h5');
    const ask = () => {
      for (let n = 0; n < 1_000_000; n++) root.texts('nothing');
    };
    expect(ask).toThrow('The HDF5 file names the same objects again and again');
    const model = Hdf5Object.open(load('../../keras/fixtures/every-layer.h5'));
    const config = model.texts('model_config')![0];
    expect(config.length).toBeGreaterThan(10_000);
    const read = () => {
      for (let n = 0; n < 5_000_000 / (config.length / 64); n++) model.texts('model_config');
    };
    expect(read).toThrow('The HDF5 file names the same objects again and again');
  });

  it('lists a group, and knows what is not there', () => {
    expect(layouts.find('deep/er')!.names()).toEqual(['inner', 'relative', 'soft']);
    expect(layouts.find('deep')!.isGroup).toBe(true);
    expect(layouts.find('plain')!.isGroup).toBe(false);
    expect(layouts.find('deep/nothing/at all')).toBeUndefined();
  });

  it.each([
    ['lzf', 'The tensor lzf is compressed with lzf'],
    ['integers', 'The tensor integers holds values of type integer'],
    ['unwritten', 'The tensor unwritten has no values'],
    ['half-written', 'The tensor half-written is not whole: 1 of its 4 parts are stored'],
    ['deep', 'deep is no dataset'],
  ])('refuses %s', async (path, message) => {
    await expect(read(path)).rejects.toMatchObject({ code: 'import-failed', message: expect.stringContaining(message) as string });
  });

  it('reads what is simple of the newest layout, and names what is not', async () => {
    const latest = open('latest.h5');
    expect(latest.texts('text')).toEqual(['a text']);
    expect([...(await latest.find('plain')!.tensor()).values]).toEqual([1, 2, 3]);
    await expect(latest.find('chunked')!.tensor()).rejects.toThrow('The tensor chunked is written in the layout of libver="latest"');
    expect(() => latest.find('many')!.names()).toThrow('The HDF5 group many is written in the layout of libver="latest"');
  });

  it('finds packed values that were changed', async () => {
    const bytes = load('layouts.h5');
    const starts = [...bytes.keys()].filter((at) => bytes[at] === 0x78 && bytes[at + 1] === 0x5e);
    expect(starts.length).toBeGreaterThan(8);
    for (const start of starts) {
      const changed = bytes.with(start + 9, bytes[start + 9] ^ 1);
      const results = await Promise.allSettled(['gzip', 'shuffled'].map((path) => Hdf5Object.open(changed).find(path)!.tensor()));
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    }
  });
});
