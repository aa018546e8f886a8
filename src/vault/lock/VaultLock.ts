import { describe } from '../../shared/describe.js';
import { isTypedArray } from '../../shared/isTypedArray.js';

/**
 * A second lock. Without it, the vault's key cannot be computed from what is on the device.
 * - `passphrase`: stretched with Argon2id, and only as strong as the passphrase itself.
 * - `passkey`: the PRF output of a passkey on this device or on a security key; the browser asks for it, and shows `name` when the
 *   passkey is made.
 * - `secret`: at least 32 secret bytes of your own, such as the PRF output of a passkey that the site already has. They are not stored.
 */
export type VaultLock =
  { readonly passphrase: string } | { readonly passkey: true | { readonly name: string } } | { readonly secret: Uint8Array<ArrayBuffer> };

export type VaultLockKind = 'passphrase' | 'passkey' | 'secret';
/** In the order of their numbers in a stored lock. */
export const LOCK_KINDS: readonly VaultLockKind[] = ['passphrase', 'passkey', 'secret'];

/** The kind of a lock that a caller gave. Throws a TypeError for what is none, a RangeError for one that is too short. */
export function lockKind(lock: VaultLock): VaultLockKind {
  const kinds = LOCK_KINDS.filter((kind) => typeof lock === 'object' && lock !== null && kind in lock);
  const [kind] = kinds;
  if (kinds.length !== 1 || kind === undefined) {
    throw new TypeError(`expected a lock, one of { passphrase }, { passkey } and { secret }, got ${describe(lock)}`);
  }
  if ('passphrase' in lock) assertPassphrase(lock.passphrase);
  else if ('secret' in lock) {
    if (!isTypedArray(lock.secret, 'Uint8Array')) throw new TypeError(`expected the secret as a Uint8Array, got ${describe(lock.secret)}`);
    if (lock.secret.length < 32) throw new RangeError(`expected a secret of at least 32 bytes, got ${lock.secret.length}`);
  } else if (lock.passkey !== true && !(typeof lock.passkey?.name === 'string' && lock.passkey.name !== '')) {
    throw new TypeError(`expected passkey to be true or to have a name, got ${describe(lock.passkey)}`);
  }
  return kind;
}

/** The kind of a lock that a vault is to get. Throws as `lockKind` does, and a RangeError for a passphrase that only opens older locks. */
export function newLockKind(lock: VaultLock): VaultLockKind {
  const kind = lockKind(lock);
  if ('passphrase' in lock) assertNewPassphrase(lock.passphrase);
  return kind;
}

/** A lock of its own, whatever its caller does with the given one meanwhile. Wipe it. */
export function copyLock(lock: VaultLock): VaultLock {
  // A Buffer's `slice` is no copy.
  if ('secret' in lock) return { secret: Uint8Array.from(lock.secret) };
  if ('passphrase' in lock) return { passphrase: lock.passphrase };
  return { passkey: lock.passkey === true ? true : { name: lock.passkey.name } };
}

/** Overwrites the secret of a copy; a passphrase can't be overwritten. */
export function wipeLock(lock: VaultLock): void {
  if ('secret' in lock) lock.secret.fill(0);
}

/** The shortest that is taken: NIST SP 800-63B-4 asks for 8 where the passphrase is not alone. */
const MIN_PASSPHRASE = 8;

/** For opening. Versions before 0.5 counted UTF-16's halves, two of most emoji: what they locked and exported still opens. */
export function assertPassphrase(passphrase: unknown): asserts passphrase is string {
  if (typeof passphrase !== 'string') throw new TypeError(`expected a passphrase, a text, got ${typeof passphrase}`);
  assertLength(passphrase.length);
}

/**
 * For locking and exporting. A character is a code point, as NIST SP 800-63B-4 counts, of what is hashed; no letter that is several in another
 * form counts more than once.
 */
export function assertNewPassphrase(passphrase: unknown): asserts passphrase is string {
  assertPassphrase(passphrase);
  assertLength(Math.min(Array.from(passphrase).length, Array.from(passphrase.normalize('NFKC')).length));
}

function assertLength(characters: number): void {
  if (characters < MIN_PASSPHRASE) {
    throw new RangeError(`expected a passphrase of at least ${MIN_PASSPHRASE} characters, got ${characters}`);
  }
}
