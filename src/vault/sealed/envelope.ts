import { TEMPLATE_LIMITS } from '../../shared/assertTemplateShape.js';
import { isTypedArray } from '../../shared/isTypedArray.js';
import type { EmbeddingOrigin } from '../../shared/Template.js';
import { ByteReader } from './ByteReader.js';
import { ByteWriter } from './ByteWriter.js';
import { orTemplateInvalid } from './orTemplateInvalid.js';

const MAGIC = 'VVLT';
const VERSION = 2;
export const MAX_NAME_BYTES = TEMPLATE_LIMITS.nameBytes;
const MAX_DATA_BYTES = 1 << 20;
const KINDS = ['template', 'protection-key'] as const;

/**
 * One encrypted record. Its bytes: mark `VVLT`, version (1 byte), kind (1), model id and model version (UTF-8 after 2 bytes of length),
 * pipeline version (4): the head; then the initialization vector (12) and the ciphertext with its tag, after 4 bytes of length.
 */
export interface Envelope {
  readonly kind: (typeof KINDS)[number];
  readonly origin: EmbeddingOrigin;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What lies open before the ciphertext, and is bound to it. */
export function envelopeHead({ kind, origin }: Pick<Envelope, 'kind' | 'origin'>): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
    .ascii(MAGIC)
    .uint(VERSION, 1)
    .uint(KINDS.indexOf(kind) + 1, 1);
  return writer.text(origin.model, MAX_NAME_BYTES).text(origin.modelVersion, MAX_NAME_BYTES).uint(origin.pipelineVersion, 4).bytes();
}

export function writeEnvelope(envelope: Envelope): Uint8Array<ArrayBuffer> {
  return new ByteWriter().raw(envelopeHead(envelope)).raw(envelope.iv).block(envelope.data).bytes();
}

/** Throws `template-invalid` for anything but one whole envelope of this version. */
export function parseEnvelope(bytes: unknown): Envelope {
  return orTemplateInvalid('A stored template', () => {
    if (!isTypedArray(bytes, 'Uint8Array')) throw new TypeError('expected a Uint8Array');
    const reader = new ByteReader(bytes);
    reader.magic(MAGIC);
    reader.uint(1, VERSION, VERSION);
    const kind = KINDS[reader.uint(1, 1, KINDS.length) - 1]!;
    const origin = { model: reader.text(MAX_NAME_BYTES), modelVersion: reader.text(MAX_NAME_BYTES), pipelineVersion: reader.uint(4) };
    const iv = reader.raw(12);
    const data = reader.block(MAX_DATA_BYTES);
    reader.end();
    if (data.length < 16) throw new RangeError('expected a ciphertext with its tag');
    return { kind, origin, iv, data };
  });
}
