import { transactionHash } from './transactionHash.js';

export const RANDOM_BYTES = 32;
const CHALLENGE = /^(?:[\w-]{43}|[\w-]{86})$/;

/** Whether a text has the shape of a challenge. */
export function isChallenge(value: unknown): value is string {
  return typeof value === 'string' && CHALLENGE.test(value);
}

/**
 * Whether a challenge was made for this transaction, and for no other; without one, whether it was made for none. A page asks it before it
 * shows the text and signs.
 */
export async function isBoundTo(challenge: string, transaction: string | undefined): Promise<boolean> {
  if (!isChallenge(challenge)) return false;
  const bound = bytesOf(challenge).subarray(RANDOM_BYTES);
  if (transaction === undefined) return bound.length === 0;
  const hash = await transactionHash(transaction);
  return bound.length === hash.length && bound.every((byte, at) => byte === hash[at]);
}

function bytesOf(base64url: string): Uint8Array {
  const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
}
