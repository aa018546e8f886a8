import { decodeProtectedHeader } from 'jose';
import type { StoredKey } from '../ServerStore.js';

type Key = Pick<StoredKey, 'keyId' | 'publicJwk'>;

/**
 * A key whose private half nobody has: x is the SHA-256 of `visavis: a key that nobody has 1`, the first of its kind that is on the curve, and
 * y the even one of the two that fit.
 */
const NOBODYS: Key = {
  keyId: 'uRLGkTr3E6baxx7btRGFychBIgP-QrJOYv5n341dsB0',
  publicJwk: {
    ...{ kty: 'EC', crv: 'P-256' },
    x: 'mx1Zy2K_M6kqpfSv71dAlhdCJX_VnEc5_UtGc5hi73I',
    y: 'GfzsvxYg2IwaTtlpZ5zf6vA1fNTNqD58f0ynq1djxqg',
  },
};

/**
 * The key that an answer says it was made with, of those that the account has; else any of them, or nobody's: what is wrong takes the same
 * work and ends in the same refusals, whether or not there is such an account.
 */
export function keyToTry(keys: readonly StoredKey[], assertion: string): Key {
  const kid = kidOf(assertion);
  return keys.find(({ keyId }) => keyId === kid) ?? keys[0] ?? NOBODYS;
}

function kidOf(assertion: string): string | undefined {
  try {
    return decodeProtectedHeader(assertion).kid;
  } catch {
    return undefined;
  }
}
