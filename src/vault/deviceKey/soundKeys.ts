import { isA } from '../../shared/isA.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { DeviceKeyRecord } from './DeviceKeyRecord.js';

/** A vault's key as it was kept. Throws `vault-unavailable` for what is none. */
export function soundVaultKey(kept: unknown): CryptoKey | undefined {
  if (kept === undefined || isKey(kept, 'AES-GCM', ['encrypt', 'decrypt'])) return kept;
  throw new VisavisError('vault-unavailable', 'The vault’s key is damaged. Delete the vault with eraseVault and enroll again.');
}

/** A device key's record as it was kept. Throws `vault-unavailable`, likewise. */
export function soundDeviceKey(kept: unknown): DeviceKeyRecord | undefined {
  if (kept === undefined || isRecord(kept)) return kept;
  throw new VisavisError(
    'vault-unavailable',
    'This browser’s device key is damaged. Delete it with eraseDeviceKey and register a new one.',
  );
}

function isRecord(kept: unknown): kept is DeviceKeyRecord {
  if (typeof kept !== 'object' || kept === null) return false;
  const { privateKey, publicJwk, counter } = kept as Partial<Record<keyof DeviceKeyRecord, unknown>>;
  if (!isKey(privateKey, 'ECDSA', ['sign']) || typeof publicJwk !== 'object' || publicJwk === null) return false;
  const { x, y } = publicJwk as Record<string, unknown>;
  return typeof x === 'string' && typeof y === 'string' && Number.isSafeInteger(counter) && (counter as number) >= 0;
}

function isKey(value: unknown, algorithm: string, usages: readonly KeyUsage[]): value is CryptoKey {
  return isA(value, 'CryptoKey') && value.algorithm.name === algorithm && usages.every((usage) => value.usages.includes(usage));
}
