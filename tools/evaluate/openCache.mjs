import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {import('./embedPictures.mjs').Embedded} Embedded
 * @typedef {{ size: number, mtime: number }} Stamp what changes with a file: bytes, and when it was last written (ms)
 */

/**
 * A name that depends on everything that an embedding depends on besides its picture, and on the folder of the pictures.
 * @param {...unknown} parts plain data
 */
export function cacheName(...parts) {
  return `${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}.jsonl`;
}

/**
 * Results that outlive the run: one line each, written as they come, so that a run that is cut short loses at most the line it was writing.
 * A file that has changed since is not found; its newest line counts.
 * @param {string} path
 * @param {{ fresh?: boolean }} [options] `fresh`: drops what is there
 */
export function openCache(path, { fresh = false } = {}) {
  // Embeddings are biometric data: nobody else on this machine may read them.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // … nor in whatever repository the folder is in.
  writeFileSync(join(dirname(path), '.gitignore'), '*\n');
  if (fresh) rmSync(path, { force: true });
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  /** @type {Map<string, Stamp & Embedded>} */
  const entries = new Map();
  for (const line of text.split('\n')) {
    const entry = parse(line);
    if (entry) entries.set(entry.file, entry);
  }
  // An incomplete last line must not swallow the next one.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n');

  return {
    size: entries.size,
    /** @param {string} file @param {Stamp} stamp @returns {Embedded | null} */
    get(file, { size, mtime }) {
      const entry = entries.get(file);
      if (!entry || entry.size !== size || entry.mtime !== mtime) return null;
      const { embedding, reasons, measures, error } = entry;
      return { file, embedding, reasons, ...(measures && { measures }), ...(error === undefined ? undefined : { error }) };
    },
    /** @param {Stamp} stamp @param {Embedded} result */
    add({ size, mtime }, { file, embedding, reasons, measures, error }) {
      const packed = embedding && Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength).toString('base64');
      const entry = { file, size, mtime, embedding: packed, reasons, measures, error };
      appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    },
  };
}

/** @param {string} line @returns {(Stamp & Embedded) | null} null if the line is incomplete */
function parse(line) {
  try {
    const entry = JSON.parse(line);
    if (typeof entry.file !== 'string' || !Array.isArray(entry.reasons)) return null;
    if (entry.embedding === null) return entry;
    const bytes = Buffer.from(entry.embedding, 'base64');
    if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
    const embedding = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
    return { ...entry, embedding };
  } catch {
    return null;
  }
}
