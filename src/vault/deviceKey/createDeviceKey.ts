import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { assertStoreName } from '../database/assertStoreName.js';
import { base64url } from '../sealed/base64url.js';
import { DeviceKey } from './DeviceKey.js';
import type { DeviceKeyRecord } from './DeviceKeyRecord.js';
import { DeviceKeyStore } from './DeviceKeyStore.js';

export interface DeviceKeyOptions {
  /** Distinguishes several keys of one origin; default `default`. */
  name?: string;
}

/**
 * This browser's key with that name, created if there is none: ECDSA on P-256, stored in IndexedDB. Scripts cannot read its private half.
 * Throws `vault-unavailable` if IndexedDB or WebCrypto are missing or blocked, or what is stored is damaged: then `eraseDeviceKey` first.
 */
export async function createDeviceKey(options: DeviceKeyOptions = {}): Promise<DeviceKey> {
  const store = storeOf(options, 'createDeviceKey');
  return hold((await store.read()) ?? (await store.keepFirst(await generate())), store);
}

/** This browser's key with that name; undefined if there is none. Throws as `createDeviceKey` does. */
export async function openDeviceKey(options: DeviceKeyOptions = {}): Promise<DeviceKey | undefined> {
  const store = storeOf(options, 'openDeviceKey');
  const record = await store.read();
  return record && hold(record, store);
}

const OPTIONS: OptionNames<DeviceKeyOptions> = { name: true };

function storeOf(options: DeviceKeyOptions, call: string): DeviceKeyStore {
  assertOptions(options, OPTIONS, call);
  const { name = 'default' } = options;
  assertStoreName(name, "the device key's name");
  return new DeviceKeyStore(name);
}

async function generate(): Promise<DeviceKeyRecord> {
  try {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    return { privateKey: pair.privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, counter: 0 };
  } catch (cause) {
    throw new VisavisError('vault-unavailable', 'This page can’t create a device key. Serve it over HTTPS, or from localhost.', { cause });
  }
}

async function hold({ publicJwk, privateKey }: DeviceKeyRecord, store: DeviceKeyStore): Promise<DeviceKey> {
  return new DeviceKey(FACTORY, await thumbprint(publicJwk), Object.freeze({ ...publicJwk }), privateKey, store);
}

/** RFC 7638: the required members in the order of their names, without spaces. */
async function thumbprint({ crv, kty, x, y }: DevicePublicJwk): Promise<string> {
  return base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ crv, kty, x, y }))));
}
