import { assertTemplateShape } from '../../shared/assertTemplateShape.js';
import { copyTemplate } from '../../shared/copyTemplate.js';
import type { EmbeddingOrigin, Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { ByteWriter } from './ByteWriter.js';
import { envelopeHead, parseEnvelope, writeEnvelope, type Envelope } from './envelope.js';
import { importProtectionKey } from '../protection/protectionKey.js';
import { parsePayload, writePayload } from './templatePayload.js';
import type { SealedTemplate, StoredTemplate } from '../database/VaultSchema.js';

/** A template in the clear, with the bytes of its protection key where it is protected. Wipe both. */
export interface OpenTemplate {
  /** Its protection, where it has one, is without the key. */
  readonly template: Template;
  readonly protectionKey: Uint8Array<ArrayBuffer> | null;
}

/** Encrypts a template for the database, bound to its id, model, model version, pipeline version and this origin. */
export async function sealTemplate(key: CryptoKey, id: string, { template, protectionKey }: OpenTemplate): Promise<SealedTemplate> {
  const payload = writePayload(template);
  try {
    const sealed = await seal(key, id, 'template', template, payload);
    return {
      id,
      version: 2,
      template: sealed,
      protectionKey: protectionKey && (await seal(key, id, 'protection-key', template, protectionKey)),
    };
  } finally {
    payload.fill(0);
  }
}

/** Throws `template-invalid` for a record that was altered, moved to another id or origin, or is under another key. */
export async function openTemplate(key: CryptoKey, stored: StoredTemplate): Promise<OpenTemplate> {
  const { id } = stored;
  const opened: Uint8Array<ArrayBuffer>[] = [];
  try {
    if (stored.version === 1) {
      opened.push(await decrypt(key, stored.iv, utf8(`visavis-vault 1 ${location.origin} ${id}`), stored.data));
      return { template: parseFirstVersion(opened[0]!), protectionKey: null };
    }
    if (stored.version !== 2) throw new RangeError('expected a record of version 1 or 2');
    const envelope = parseEnvelope(stored.template);
    if (envelope.kind !== 'template') throw new TypeError('expected a template');
    opened.push(await decrypt(key, envelope.iv, boundTo(id, envelope), envelope.data));
    const template = parsePayload(opened[0]!, envelope.origin);
    try {
      if (!template.protection !== !stored.protectionKey) throw new TypeError('expected a protection key with a protected template only');
      return { template, protectionKey: stored.protectionKey && (await unsealKey(key, id, stored.protectionKey, opened)) };
    } catch (cause) {
      template.embedding.fill(0);
      throw cause;
    }
  } catch (cause) {
    const message = `The stored template "${id}" was altered or belongs to another key: delete it and enroll again.`;
    throw new VisavisError('template-invalid', message, { cause });
  } finally {
    for (const bytes of opened) bytes.fill(0);
  }
}

/** Null for a record that can't be read: whoever goes through all of them names it and goes on. */
export async function openIfReadable(key: CryptoKey, stored: StoredTemplate): Promise<OpenTemplate | null> {
  try {
    return await openTemplate(key, stored);
  } catch (cause) {
    if (cause instanceof VisavisError && cause.code === 'template-invalid') return null;
    throw cause;
  }
}

/** What a caller gets: a protected template has its key. */
export async function handOut({ template, protectionKey }: OpenTemplate): Promise<Template> {
  if (!template.protection || !protectionKey) return template;
  const key = await importProtectionKey(protectionKey);
  return { ...template, protection: { ...template.protection, key } };
}

async function unsealKey(
  key: CryptoKey,
  id: string,
  bytes: Uint8Array,
  opened: Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array<ArrayBuffer>> {
  const envelope = parseEnvelope(bytes);
  if (envelope.kind !== 'protection-key') throw new TypeError('expected a protection key');
  const raw = await decrypt(key, envelope.iv, boundTo(id, envelope), envelope.data);
  opened.push(raw);
  if (raw.length !== 32) throw new RangeError(`expected 32 bytes, got ${raw.length}`);
  return raw.slice();
}

async function seal(
  key: CryptoKey,
  id: string,
  kind: Envelope['kind'],
  { model, modelVersion, pipelineVersion }: EmbeddingOrigin,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const head = { kind, origin: { model, modelVersion, pipelineVersion } };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(id, head) }, key, plain);
  return writeEnvelope({ ...head, iv, data: new Uint8Array(data) });
}

async function decrypt(key: CryptoKey, iv: Uint8Array<ArrayBuffer>, additionalData: Uint8Array<ArrayBuffer>, data: BufferSource) {
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data));
}

function boundTo(id: string, head: Pick<Envelope, 'kind' | 'origin'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .raw(envelopeHead(head))
    .ascii(JSON.stringify(['visavis-vault', location.origin, id]))
    .bytes();
}

/** Records of visavis 0.3 and before: the length of a JSON text in 4 bytes, the text, the embedding. */
function parseFirstVersion(plain: Uint8Array<ArrayBuffer>): Template {
  const length = new DataView(plain.buffer).getUint32(0);
  const rest = JSON.parse(new TextDecoder().decode(plain.subarray(4, 4 + length))) as Omit<Template, 'embedding'>;
  const values = plain.slice(4 + length);
  try {
    const template = { ...rest, embedding: new Float32Array(values.buffer) };
    assertTemplateShape(template);
    if (template.protection) throw new TypeError('expected no protection: version 0.3 had none');
    return copyTemplate(template);
  } finally {
    values.fill(0);
  }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
