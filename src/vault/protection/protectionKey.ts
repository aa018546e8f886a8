import { describe } from '../../shared/describe.js';
import { isA } from '../../shared/isA.js';
import { randomRotation, wordsFor, type Rotation } from './randomRotation.js';

const ALGORITHM = 'AES-CTR';

/** A key for `protectTemplate`; make one per template. It cannot be exported: store it (IndexedDB can), or the template is lost. */
export async function createProtectionKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt']);
}

/** A protection key of these 32 bytes. */
export function importProtectionKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['encrypt']);
}

/** Tells keys apart: 8 bytes that only the key gives. */
export async function keyIdOf(key: CryptoKey): Promise<string> {
  return Array.from(await stream(key, 'visavis-key1', 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The rotation that the key stands for. Wipe it after use. */
export async function rotationOf(key: CryptoKey, dimensions: number): Promise<Rotation> {
  const bytes = await stream(key, 'visavis-rot1', 4 * wordsFor(dimensions));
  try {
    return randomRotation(dimensions, new Uint32Array(bytes.buffer));
  } finally {
    bytes.fill(0);
  }
}

/** The key's own random bytes: AES in counter mode over zeros. @param purpose 12 characters */
async function stream(key: CryptoKey, purpose: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!isA(key, 'CryptoKey') || key.algorithm.name !== ALGORITHM || !key.usages.includes('encrypt')) {
    throw new TypeError(`expected a key made by createProtectionKey, got ${describe(key)}`);
  }
  const counter = new Uint8Array(16);
  new TextEncoder().encodeInto(purpose, counter);
  return new Uint8Array(await crypto.subtle.encrypt({ name: ALGORITHM, counter, length: 32 }, key, new Uint8Array(length)));
}
