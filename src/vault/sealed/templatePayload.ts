import { assertTemplateShape, TEMPLATE_LIMITS } from '../../shared/assertTemplateShape.js';
import type { EmbeddingOrigin, Template } from '../../shared/Template.js';
import { ByteReader } from './ByteReader.js';
import { ByteWriter } from './ByteWriter.js';
import { orTemplateInvalid } from './orTemplateInvalid.js';

const VERSION = 1;
const FIELDS = ['captures', 'consistency', 'createdAt', 'protection'];
const MAX_JSON_BYTES = 1024;
const MAX_EMBEDDING_BYTES = 4 * TEMPLATE_LIMITS.values;
/** Of all that `writePayload` writes, with its version and two lengths. */
export const MAX_PAYLOAD_BYTES = 1 + 2 + MAX_JSON_BYTES + 4 + MAX_EMBEDDING_BYTES;

/** A template without its origin, which stands beside it: version (1 byte), the fields as JSON, the embedding as little-endian float32. */
export function writePayload({ captures, consistency, createdAt, protection, embedding }: Template): Uint8Array<ArrayBuffer> {
  const { scheme, keyId } = protection ?? {};
  const json = JSON.stringify({ captures, consistency, createdAt, ...(keyId && { protection: { scheme, keyId } }) });
  const values = new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength);
  return new ByteWriter().uint(VERSION, 1).text(json, MAX_JSON_BYTES).block(values).bytes();
}

/** Throws `template-invalid` for anything but what `writePayload` wrote. */
export function parsePayload(bytes: Uint8Array, origin: EmbeddingOrigin): Template {
  return orTemplateInvalid('A template', () => {
    const reader = new ByteReader(bytes);
    reader.uint(1, VERSION, VERSION);
    const fields = JSON.parse(reader.text(MAX_JSON_BYTES)) as Record<string, unknown>;
    const values = reader.block(MAX_EMBEDDING_BYTES);
    try {
      reader.end();
      assertFields(fields);
      const template = { format: 'visavis-template', formatVersion: 1, ...origin, ...fields, embedding: new Float32Array(values.buffer) };
      assertTemplateShape(template);
      return template;
    } catch (cause) {
      values.fill(0);
      throw cause;
    }
  });
}

function assertFields(fields: Record<string, unknown>): void {
  if (typeof fields !== 'object' || fields === null) throw new TypeError('expected an object');
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw new TypeError('expected no other fields');
  const protection = fields.protection as Template['protection'];
  if (protection && Object.keys(protection).length !== 2) throw new TypeError('expected a scheme and a key id');
}
