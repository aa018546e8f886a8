import { describe, expect, it } from 'vitest';
import { soundDeviceKey, soundVaultKey } from './soundKeys.js';

const damaged = (advice: RegExp) =>
  expect.objectContaining({ code: 'vault-unavailable', message: expect.stringMatching(advice) as string }) as Error;
const usages: KeyUsage[] = ['encrypt', 'decrypt'];
const aes = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages);
const ecdsa = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);

it('a vault’s key is one, or there is none', async () => {
  expect(soundVaultKey(aes)).toBe(aes);
  expect(soundVaultKey(undefined)).toBeUndefined();
  const half = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  for (const kept of [null, {}, 'key', new Uint8Array(32), ecdsa.privateKey, half])
    expect(() => soundVaultKey(kept)).toThrow(damaged(/damaged.*with eraseVault/));
});

describe('a device key', () => {
  const record = { privateKey: ecdsa.privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, counter: 0 };

  it('is one, or there is none', () => {
    expect(soundDeviceKey(record)).toBe(record);
    expect(soundDeviceKey(undefined)).toBeUndefined();
  });

  it.each([
    [null],
    [{}],
    [aes],
    [{ ...record, publicJwk: undefined }],
    [{ ...record, publicJwk: { x: 'x' } }],
    [{ ...record, privateKey: ecdsa.publicKey }],
    [{ ...record, privateKey: aes }],
    [{ ...record, counter: '1' }],
    [{ ...record, counter: -1 }],
  ])('is not %o', (kept) => expect(() => soundDeviceKey(kept)).toThrow(damaged(/damaged.*with eraseDeviceKey/)));
});
