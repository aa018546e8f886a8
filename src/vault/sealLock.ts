import { VisavisError } from '../shared/VisavisError.js';
import { freshParameters, stretch } from './argon2.js';
import { ByteWriter } from './ByteWriter.js';
import { lockHead, parseLockEnvelope, writeLockEnvelope, type LockRecipe } from './lockEnvelope.js';
import { askPasskey, createPasskey } from './passkey.js';
import { lockKind, type VaultLock } from './VaultLock.js';
import { wrappingKey } from './wrappingKey.js';

/** A vault's key and, where it has a second lock, the envelope that holds it. */
export interface LockedKey {
  /** Not extractable. */
  readonly key: CryptoKey;
  readonly envelope: Uint8Array<ArrayBuffer>;
}

/**
 * A new key under a lock. It is encrypted twice: by the lock's secret, so that the device alone does not open it, and by the device's key, so that a
 * copy of the database alone cannot even be guessed at.
 */
export async function sealLock(lock: VaultLock, deviceKey: CryptoKey, vault: string): Promise<LockedKey> {
  const recipe = await freshRecipe(lock);
  const wrapping = await wrappingFor(recipe, lock);
  const [innerIv, outerIv] = [12, 12].map((n) => crypto.getRandomValues(new Uint8Array(n))) as [
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>,
  ];
  const bound = boundTo(recipe, vault);
  const raw = crypto.getRandomValues(new Uint8Array(32));
  try {
    const inner = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: innerIv, additionalData: bound }, wrapping, raw);
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: outerIv, additionalData: new ByteWriter().raw(bound).raw(innerIv).bytes() },
      deviceKey,
      inner,
    );
    return { key: await importKey(raw), envelope: writeLockEnvelope({ recipe, innerIv, outerIv, sealed: new Uint8Array(sealed) }) };
  } finally {
    raw.fill(0);
  }
}

/** The key behind a lock. Throws `vault-locked` with a wrong secret or none, `template-invalid` where the lock itself was altered. */
export async function openLock(envelope: unknown, lock: VaultLock | undefined, deviceKey: CryptoKey, vault: string): Promise<CryptoKey> {
  const { recipe, innerIv, outerIv, sealed } = parseLockEnvelope(envelope);
  const bound = boundTo(recipe, vault);
  let inner: ArrayBuffer;
  try {
    inner = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: outerIv, additionalData: new ByteWriter().raw(bound).raw(innerIv).bytes() },
      deviceKey,
      sealed,
    );
  } catch (cause) {
    throw new VisavisError('template-invalid', 'The vault’s lock was altered, or belongs to another device: delete it and enroll again.', {
      cause,
    });
  }
  if (!lock || lockKind(lock) !== recipe.kind) {
    throw new VisavisError('vault-locked', `The vault is locked with a ${recipe.kind}: open it with that.`);
  }
  const wrapping = await wrappingFor(recipe, lock);
  let raw: Uint8Array<ArrayBuffer> | undefined;
  try {
    raw = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: innerIv, additionalData: bound }, wrapping, inner));
    return await importKey(raw);
  } catch (cause) {
    throw new VisavisError('vault-locked', `That is not the ${recipe.kind} that locks the vault: try again.`, { cause });
  } finally {
    raw?.fill(0);
  }
}

async function freshRecipe(lock: VaultLock): Promise<LockRecipe> {
  const kind = lockKind(lock);
  if (kind === 'passphrase') return { kind, ...freshParameters() };
  if ('passkey' in lock) return { kind: 'passkey', ...(await createPasskey(lock.passkey === true ? 'Face templates' : lock.passkey.name)) };
  return { kind: 'secret' };
}

async function wrappingFor(recipe: LockRecipe, lock: VaultLock): Promise<CryptoKey> {
  const purpose = `visavis-vault lock ${recipe.kind} 1`;
  // Only what was made here is wiped: the caller's own secret is the caller's.
  if ('secret' in lock) return wrappingKey(lock.secret, purpose);
  let secret: Uint8Array<ArrayBuffer>;
  if (recipe.kind === 'passphrase' && 'passphrase' in lock) secret = await stretch(lock.passphrase, recipe);
  else if (recipe.kind === 'passkey') secret = await askPasskey(recipe);
  else throw new TypeError('expected the kind of secret that the lock is of');
  try {
    return await wrappingKey(secret, purpose);
  } finally {
    secret.fill(0);
  }
}

function boundTo(recipe: LockRecipe, vault: string): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .raw(lockHead(recipe))
    .ascii(JSON.stringify(['visavis-vault lock', location.origin, vault]))
    .bytes();
}

function importKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
