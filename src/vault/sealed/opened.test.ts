import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SealedTemplate } from '../database/VaultSchema.js';
import { templateOf } from '../fixtures/templateOf.js';
import { freshProtection } from '../protection/protection.js';
import { ByteWriter } from './ByteWriter.js';
import { parseEntries, writeEntries, type PortableEntry } from './portableFile.js';
import { openTemplate, sealTemplate } from './sealTemplate.js';

const ORIGIN = 'https://visavis.example';
const plain = templateOf();
const textOf = (bytes: ArrayBufferView) => new TextDecoder('latin1').decode(bytes);
const FACE = textOf(plain.embedding);

/** All that was copied out of other bytes, or written. */
let made: Uint8Array[];
/** How many copies of the face are left, besides what the caller got. */
const left = (got: readonly ArrayBufferView[] = []) =>
  made.filter((bytes) => textOf(bytes).includes(FACE) && !got.some(({ buffer }) => buffer === bytes.buffer)).length;

function note<T extends Uint8Array>(bytes: T): T {
  made.push(bytes);
  return bytes;
}

beforeEach(() => {
  made = [];
  vi.stubGlobal('location', { origin: ORIGIN });
  const slice = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'slice')!.value as Uint8Array['slice'];
  vi.spyOn(Uint8Array.prototype, 'slice').mockImplementation(function (this: Uint8Array, ...args) {
    return note(slice.apply(this, args));
  });
  const bytes = Object.getOwnPropertyDescriptor(ByteWriter.prototype, 'bytes')!.value as ByteWriter['bytes'];
  vi.spyOn(ByteWriter.prototype, 'bytes').mockImplementation(function (this: ByteWriter) {
    return note(bytes.apply(this));
  });
  const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'decrypt').mockImplementation(async (...args) => {
    const opened = await decrypt(...args);
    note(new Uint8Array(opened));
    return opened;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

describe('templates in the clear are overwritten', () => {
  it('once a file is made of them, and once it is read or turns out to be damaged', () => {
    const entries: PortableEntry[] = ['ann', 'bo'].map((id) => ({ id, template: plain, protectionKey: null }));
    const file = writeEntries(entries);
    expect(left([file])).toBe(0);
    const read = parseEntries(file);
    const twice = writeEntries([entries[0], entries[0]]);
    const ours = [file, twice, ...read.map(({ template }) => template.embedding)];
    expect(left(ours)).toBe(0);
    for (const damaged of [file.subarray(0, -4), Uint8Array.of(...file, 0), twice]) {
      expect(() => parseEntries(damaged)).toThrow(/damaged/);
      expect(left(ours)).toBe(0);
    }
  });

  it('where a record’s protection key cannot be read, or there is one too many', async () => {
    const key = await newKey();
    const turned = await freshProtection(plain);
    const face = textOf(turned.template.embedding);
    const sealed = await sealTemplate(key, 'ann', turned);
    const other = await sealTemplate(key, 'ann', { template: plain, protectionKey: null });
    const damaged: SealedTemplate[] = [
      { ...sealed, protectionKey: null },
      { ...sealed, protectionKey: sealed.template },
      { ...other, protectionKey: sealed.protectionKey },
    ];
    for (const stored of damaged) {
      await expect(openTemplate(key, stored)).rejects.toMatchObject({ code: 'template-invalid' });
      expect(made.some((bytes) => textOf(bytes).includes(face))).toBe(false);
      expect(left()).toBe(0);
    }
  });

  it('of version 0.3, whether they are read or not', async () => {
    const key = await newKey();
    const { embedding, ...rest } = plain;
    for (const fields of [rest, { ...rest, captures: 0 }]) {
      const head = new TextEncoder().encode(JSON.stringify(fields));
      const values = new Uint8Array(embedding.buffer);
      const bytes = Uint8Array.of(...new Uint8Array(new Uint32Array([head.length]).buffer).reverse(), ...head, ...values);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const additionalData = new TextEncoder().encode(`visavis-vault 1 ${ORIGIN} old`);
      const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
      const opening = openTemplate(key, { id: 'old', version: 1, iv, data });
      if (fields.captures === 0) await expect(opening).rejects.toMatchObject({ code: 'template-invalid' });
      else expect((await opening).template).toEqual(plain);
      expect(left()).toBe(0);
    }
  });
});
