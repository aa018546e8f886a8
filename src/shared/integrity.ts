import { describe } from './describe.js';

/** By a model's id, the SHA-256 that its manifest has to have, as in Subresource Integrity: `sha256-` and 44 characters of base64. */
export type Integrity = Readonly<Record<string, string>>;

const DIGEST = /^sha256-[A-Za-z0-9+/]{43}=$/;

/** Throws a TypeError for anything that is no `Integrity`. */
export function assertIntegrity(value: unknown): asserts value is Integrity {
  const wanted = "integrity to map ids of models to 'sha256-' and 44 characters of base64";
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`expected ${wanted}, got ${describe(value)}`);
  for (const [id, digest] of Object.entries(value as Record<string, unknown>)) {
    if (typeof digest !== 'string' || !DIGEST.test(digest)) throw new TypeError(`expected ${wanted}, got ${describe(digest)} for "${id}"`);
  }
}
