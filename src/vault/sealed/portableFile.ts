import { describe } from '../../shared/describe.js';
import { isTypedArray } from '../../shared/isTypedArray.js';
import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { freshParameters, readParameters, stretch, writeParameters, type Argon2Parameters } from '../lock/argon2.js';
import { ByteReader } from './ByteReader.js';
import { ByteWriter } from './ByteWriter.js';
import { MAX_NAME_BYTES } from './envelope.js';
import type { OpenTemplate } from './sealTemplate.js';
import { orTemplateInvalid } from './orTemplateInvalid.js';
import { MAX_ID_BYTES } from './templateId.js';
import { MAX_PAYLOAD_BYTES, parsePayload, writePayload } from './templatePayload.js';
import { wipeTemplate } from '../protection/usingTemplate.js';
import { wrappingKey } from '../lock/wrappingKey.js';

const MAGIC = 'VVXP';
const VERSION = 1;
/** 64 MiB: some 90,000 templates of 128 values. Neither is more written nor read. */
export const MAX_FILE_BYTES = 1 << 26;
const HASH_BYTES = 32;
const PURPOSE = 'visavis-vault portable 1';
/** What a file has beside its ciphertext: head, initialization vector, length, hash; and the ciphertext's tag. */
const OVERHEAD_BYTES = 30 + 12 + 4 + HASH_BYTES + 16;

/** Templates by id, in the clear. */
export type PortableEntry = OpenTemplate & { readonly id: string };

/** What a portable file says without its passphrase. */
export interface PortableFile extends Argon2Parameters {
  readonly head: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * Templates in a file that opens anywhere with its passphrase. Its bytes: mark `VVXP`, version (1 byte), Argon2id's cost and salt: the
 * head; an initialization vector (12), the ciphertext after 4 bytes of length, and SHA-256 of all that, so that damage is told from a wrong
 * passphrase. Throws `vault-unavailable` where the templates are more than one file takes, and `aborted`.
 */
export async function writePortable(
  entries: readonly PortableEntry[],
  passphrase: string,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const parameters = freshParameters();
  const head = headOf(parameters);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = writeEntries(entries);
  try {
    const key = await keyFor(passphrase, parameters, signal);
    const data = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: head }, key, plain));
    const bytes = new ByteWriter().raw(head).raw(iv).block(data).bytes();
    return new ByteWriter()
      .raw(bytes)
      .raw(await sha256(bytes))
      .bytes();
  } finally {
    plain.fill(0);
  }
}

/** Throws `template-invalid` for what is no portable file or is damaged, `vault-locked` for a wrong passphrase, and `aborted`. */
export async function readPortable(file: Uint8Array, passphrase: string, signal?: AbortSignal): Promise<PortableEntry[]> {
  const { head, iv, data, ...parameters } = await parsePortable(file);
  const key = await keyFor(passphrase, parameters, signal);
  let plain: Uint8Array<ArrayBuffer>;
  try {
    plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: head }, key, data));
  } catch (cause) {
    throw new VisavisError('vault-locked', 'That isn’t the passphrase that this file was exported with. Try again.', { cause });
  }
  try {
    return parseEntries(plain);
  } finally {
    plain.fill(0);
  }
}

/** Reads the open part of a file. Throws `template-invalid` for anything but a whole one. */
export async function parsePortable(file: Uint8Array): Promise<PortableFile> {
  if (!isTypedArray(file, 'Uint8Array')) throw new TypeError(`expected a file's bytes, a Uint8Array, got ${describe(file)}`);
  const end = Math.max(0, file.length - HASH_BYTES);
  const hash = file.length > MAX_FILE_BYTES ? null : await sha256(file.slice(0, end));
  return orTemplateInvalid('The exported file', () => {
    if (!hash) throw new RangeError(`expected at most ${MAX_FILE_BYTES} bytes`);
    if (!hash.every((byte, i) => byte === file[end + i])) throw new RangeError('expected another SHA-256');
    const reader = new ByteReader(file.subarray(0, end));
    reader.magic(MAGIC);
    reader.uint(1, VERSION, VERSION);
    const parameters = readParameters(reader);
    const iv = reader.raw(12);
    const data = reader.block(MAX_FILE_BYTES);
    reader.end();
    return { ...parameters, head: headOf(parameters), iv, data };
  });
}

export function writeEntries(entries: readonly PortableEntry[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().uint(entries.length, 4);
  const payloads: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (const { id, template, protectionKey } of entries) {
      const payload = writePayload(template);
      payloads.push(payload);
      writer.text(id, MAX_ID_BYTES).text(template.model, MAX_NAME_BYTES).text(template.modelVersion, MAX_NAME_BYTES);
      writer
        .uint(template.pipelineVersion, 4)
        .block(payload)
        .block(protectionKey ?? new Uint8Array(0));
    }
    if (writer.length + OVERHEAD_BYTES > MAX_FILE_BYTES) {
      throw new VisavisError(
        'vault-unavailable',
        `These templates don’t fit into one file of ${MAX_FILE_BYTES / 2 ** 20} MB. Delete those that aren’t needed any more, then export again.`,
      );
    }
    return writer.bytes();
  } finally {
    for (const payload of payloads) payload.fill(0);
  }
}

/** Throws `template-invalid` for anything but what `writeEntries` wrote. */
export function parseEntries(bytes: Uint8Array): PortableEntry[] {
  return orTemplateInvalid('The exported file', () => {
    const reader = new ByteReader(bytes);
    const entries: PortableEntry[] = [];
    try {
      // A number that is too high ends at the first entry that isn't there.
      for (let left = reader.uint(4); left > 0; left--) entries.push(readEntry(reader));
      reader.end();
      if (new Set(entries.map(({ id }) => id)).size !== entries.length) throw new RangeError('expected every id once');
      return entries;
    } catch (cause) {
      for (const entry of entries) wipeTemplate(entry);
      throw cause;
    }
  });
}

function readEntry(reader: ByteReader): PortableEntry {
  const id = reader.text(MAX_ID_BYTES);
  const origin = { model: reader.text(MAX_NAME_BYTES), modelVersion: reader.text(MAX_NAME_BYTES), pipelineVersion: reader.uint(4) };
  const payload = reader.block(MAX_PAYLOAD_BYTES);
  let template: Template;
  try {
    template = parsePayload(payload, origin);
  } finally {
    payload.fill(0);
  }
  try {
    return { id, template, protectionKey: readKey(reader, template) };
  } catch (cause) {
    template.embedding.fill(0);
    throw cause;
  }
}

function readKey(reader: ByteReader, { protection }: Template): Uint8Array<ArrayBuffer> | null {
  const key = reader.block(32);
  if (key.length === (protection ? 32 : 0)) return protection ? key : null;
  key.fill(0);
  throw new RangeError('expected a protection key with a protected template only');
}

function headOf(parameters: Argon2Parameters): Uint8Array<ArrayBuffer> {
  return writeParameters(new ByteWriter().ascii(MAGIC).uint(VERSION, 1), parameters).bytes();
}

async function keyFor(passphrase: string, parameters: Argon2Parameters, signal: AbortSignal | undefined): Promise<CryptoKey> {
  const secret = await stretch(passphrase, parameters, signal);
  try {
    return await wrappingKey(secret, PURPOSE);
  } finally {
    secret.fill(0);
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
