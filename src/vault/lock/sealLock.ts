import { VisavisError } from '../../shared/VisavisError.js';
import { freshParameters, stretch } from './argon2.js';
import { ByteWriter } from '../sealed/ByteWriter.js';
import { lockHead, parseLockEnvelope, writeLockEnvelope, type LockRecipe } from './lockEnvelope.js';
import { askPasskey, createPasskey } from './passkey.js';
import { retirePasskey } from './retirePasskey.js';
import type { VaultLock } from './VaultLock.js';
import { wrappingKey } from './wrappingKey.js';

/** A vault's key and, where it has a second lock, the envelope that holds it. */
export interface LockedKey {
  /** Not extractable. */
  readonly key: CryptoKey;
  readonly envelope: Uint8Array<ArrayBuffer>;
}

/**
 * A new key under a lock. It is encrypted twice: with the lock's secret, so that the device alone doesn't open it, and with the device's
 * key, so that nobody can try passphrases on a copy of the database alone. Throws what making a passkey throws, and `aborted`.
 */
export async function sealLock(lock: VaultLock, deviceKey: CryptoKey, vault: string, signal?: AbortSignal): Promise<LockedKey> {
  const { recipe, secret } = await freshRecipe(lock, signal);
  try {
    return await sealUnder(recipe, await wrappingFor(recipe, secret), deviceKey, vault);
  } catch (cause) {
    if (recipe.kind === 'passkey') retirePasskey(recipe.credentialId);
    throw cause;
  }
}

async function sealUnder(recipe: LockRecipe, wrapping: CryptoKey, deviceKey: CryptoKey, vault: string): Promise<LockedKey> {
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

/** The key behind a lock. Throws `vault-locked` for a wrong secret or none, `template-invalid` where the lock itself was altered. */
export async function openLock(
  envelope: unknown,
  { lock, deviceKey, vault, signal }: { lock: VaultLock | undefined; deviceKey: CryptoKey; vault: string; signal?: AbortSignal },
): Promise<CryptoKey> {
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
    throw new VisavisError(
      'template-invalid',
      'The vault’s lock was altered or belongs to another device. Delete the vault with eraseVault and enroll again.',
      {
        cause,
      },
    );
  }
  const wrapping = await wrappingFor(recipe, await secretFor(recipe, lock, signal));
  let raw: Uint8Array<ArrayBuffer> | undefined;
  try {
    raw = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: innerIv, additionalData: bound }, wrapping, inner));
    return await importKey(raw);
  } catch (cause) {
    throw new VisavisError('vault-locked', `That isn’t the ${recipe.kind} that locks the vault. Try again.`, { cause });
  } finally {
    raw?.fill(0);
  }
}

interface FreshLock {
  readonly recipe: LockRecipe;
  readonly secret: Uint8Array<ArrayBuffer>;
}

async function freshRecipe(lock: VaultLock, signal: AbortSignal | undefined): Promise<FreshLock> {
  if ('passphrase' in lock) {
    const parameters = freshParameters();
    return { recipe: { kind: 'passphrase', ...parameters }, secret: await stretch(lock.passphrase, parameters, signal) };
  }
  if ('passkey' in lock) {
    const { question, secret } = await createPasskey(lock.passkey === true ? 'Face templates' : lock.passkey.name, signal);
    return { recipe: { kind: 'passkey', ...question }, secret };
  }
  return { recipe: { kind: 'secret' }, secret: Uint8Array.from(lock.secret) };
}

/** The secret that opens a lock: a copy of the caller's own, or made here. Throws `vault-locked` for a lock of another kind, or none. */
async function secretFor(
  recipe: LockRecipe,
  lock: VaultLock | undefined,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (lock && recipe.kind === 'passphrase' && 'passphrase' in lock) return stretch(lock.passphrase, recipe, signal);
  if (lock && recipe.kind === 'passkey' && 'passkey' in lock) return askPasskey(recipe, signal);
  if (lock && recipe.kind === 'secret' && 'secret' in lock) return Uint8Array.from(lock.secret);
  throw new VisavisError('vault-locked', `The vault is locked with a ${recipe.kind}. Open it with that.`);
}

async function wrappingFor({ kind }: LockRecipe, secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    return await wrappingKey(secret, `visavis-vault lock ${kind} 1`);
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
