import { describe, expect, it } from 'vitest';
import { templateOf } from '../fixtures/templateOf.js';
import { MAX_FILE_BYTES, parseEntries, parsePortable, writeEntries, writePortable, type PortableEntry } from './portableFile.js';

const entriesOf = (count: number, values = 2): PortableEntry[] => {
  const template = { ...templateOf(), embedding: Float32Array.from({ length: values }, (_, i) => (i ? 0 : 1)) };
  return Array.from({ length: count }, (_, i) => ({ id: `p${i}`, template, protectionKey: null }));
};

describe('an exported file', () => {
  it('takes any number of templates that it can give back', () => {
    const entries = entriesOf(10_001);
    expect(parseEntries(writeEntries(entries))).toEqual(entries);
  });

  it('is not written where it is too large to be read', async () => {
    const [template] = entriesOf(1, 16_384);
    const bytes = writeEntries([template]).length - 4;
    const most = Math.floor((MAX_FILE_BYTES - 98) / bytes);
    const all = (count: number) => Array.from({ length: count }, () => template);
    await expect(writePortable(all(most + 1), 'correct horse')).rejects.toMatchObject({ code: 'vault-unavailable' });
    const largest = await writePortable(all(most), 'correct horse');
    expect(largest.length).toBeGreaterThan(MAX_FILE_BYTES - bytes);
    expect((await parsePortable(largest)).data.length).toBeGreaterThan(MAX_FILE_BYTES - 2 * bytes);
    const tooLarge = new Uint8Array(MAX_FILE_BYTES + 1);
    await expect(parsePortable(tooLarge)).rejects.toMatchObject({ code: 'template-invalid' });
  }, 60_000);
});
