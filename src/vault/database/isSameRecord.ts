import type { StoredTemplate } from './VaultSchema.js';

/**
 * Whether two records are the same. Every encryption has an initialization vector of its own, so equal bytes mean equal records. Takes
 * whatever lies in the database, also what is no record.
 */
export function isSameRecord(a: StoredTemplate, b: StoredTemplate): boolean {
  return indexedDB.cmp(a.id, b.id) === 0 && a.version === b.version && FIELDS.every((name) => isSame(valueOf(a, name), valueOf(b, name)));
}

/** Of both versions of a record. */
const FIELDS = ['template', 'protectionKey', 'iv', 'data'] as const;

function valueOf(record: StoredTemplate, name: (typeof FIELDS)[number]): unknown {
  return (record as Partial<Record<typeof name, unknown>>)[name];
}

function isSame(a: unknown, b: unknown): boolean {
  const [one, other] = [bytesOf(a), bytesOf(b)];
  if (!one || !other) return String(a) === String(b);
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

function bytesOf(value: unknown): Uint8Array | null {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : null;
}
