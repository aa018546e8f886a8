import { isTypedArray } from '../../shared/isTypedArray.js';
import { readParameters, writeParameters, type Argon2Parameters } from './argon2.js';
import { ByteReader } from '../sealed/ByteReader.js';
import { ByteWriter } from '../sealed/ByteWriter.js';
import type { PasskeyQuestion } from './passkey.js';
import { orTemplateInvalid } from '../sealed/orTemplateInvalid.js';
import { LOCK_KINDS } from './VaultLock.js';

const MAGIC = 'VVLK';
const VERSION = 1;
const MAX_CREDENTIAL_BYTES = 1023;
/** 32 bytes of key, encrypted twice, each time with a tag. */
const SEALED_BYTES = 32 + 2 * 16;

/** How the lock's secret comes about; nothing of it is secret. */
export type LockRecipe =
  ({ readonly kind: 'passphrase' } & Argon2Parameters) | ({ readonly kind: 'passkey' } & PasskeyQuestion) | { readonly kind: 'secret' };

/**
 * The vault's key under a second lock. Its bytes: mark `VVLK`, version (1 byte), kind (1), what the kind needs: the head; then two
 * initialization vectors (12 each), the inner one of the lock's and the outer one of the device's encryption, and the sealed key.
 */
export interface LockEnvelope {
  readonly recipe: LockRecipe;
  readonly innerIv: Uint8Array<ArrayBuffer>;
  readonly outerIv: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** What lies open, and is bound to the sealed key. */
export function lockHead(recipe: LockRecipe): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
    .ascii(MAGIC)
    .uint(VERSION, 1)
    .uint(LOCK_KINDS.indexOf(recipe.kind) + 1, 1);
  if (recipe.kind === 'passphrase') writeParameters(writer, recipe);
  else if (recipe.kind === 'passkey') writer.block(recipe.credentialId).raw(recipe.salt);
  return writer.bytes();
}

export function writeLockEnvelope({ recipe, innerIv, outerIv, sealed }: LockEnvelope): Uint8Array<ArrayBuffer> {
  return new ByteWriter().raw(lockHead(recipe)).raw(innerIv).raw(outerIv).raw(sealed).bytes();
}

/** Throws `template-invalid` for anything but one whole lock of this version. */
export function parseLockEnvelope(bytes: unknown): LockEnvelope {
  const parse = (): LockEnvelope => {
    if (!isTypedArray(bytes, 'Uint8Array')) throw new TypeError('expected a Uint8Array');
    const reader = new ByteReader(bytes);
    reader.magic(MAGIC);
    reader.uint(1, VERSION, VERSION);
    const recipe = readRecipe(reader);
    const envelope = { recipe, innerIv: reader.raw(12), outerIv: reader.raw(12), sealed: reader.raw(SEALED_BYTES) };
    reader.end();
    return envelope;
  };
  return orTemplateInvalid('The vault’s lock', parse, 'Delete the vault with eraseVault and enroll again.');
}

function readRecipe(reader: ByteReader): LockRecipe {
  const kind = LOCK_KINDS[reader.uint(1, 1, LOCK_KINDS.length) - 1]!;
  if (kind === 'passphrase') return { kind, ...readParameters(reader) };
  if (kind === 'passkey') return { kind, credentialId: reader.block(MAX_CREDENTIAL_BYTES), salt: reader.raw(32) };
  return { kind };
}
