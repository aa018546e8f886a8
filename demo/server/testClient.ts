import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose';
import { ASSERTION_TYPE, type DevicePublicJwk, type MatchAssertionClaims } from '../../src/shared/MatchAssertion.js';
import { createApp } from './createApp.js';
import { ORIGIN } from './fixtures/origin.js';
import type { ServerOptions } from './ServerOptions.js';

export { ORIGIN };
export const START = 1_800_000_000_000;

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{
  status: number;
  json: Record<string, unknown> & { error?: { code: string } };
  code: string | undefined;
  cookie: string;
  headers: Headers;
}>;

/** A server whose clock the test owns. */
export function openServer(options: ServerOptions = {}) {
  const clock = { now: START };
  const app = createApp({ requestsPerMinute: 1e9, now: () => clock.now, ...options });
  const send: Send = async (method, path, body, headers = {}) => {
    const response = await app.request(`${ORIGIN}/api${path}`, {
      method,
      headers: { origin: ORIGIN, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const json = (await response.json()) as Record<string, unknown> & { error?: { code: string } };
    return {
      status: response.status,
      json,
      code: json.error?.code,
      cookie: response.headers.get('set-cookie') ?? '',
      headers: response.headers,
    };
  };
  return { app, clock, send, close: () => app.close() };
}

export type TestServer = ReturnType<typeof openServer>;

export interface Device {
  readonly name: string;
  readonly handle: string;
  readonly deletionToken: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: DevicePublicJwk;
  readonly kid: string;
}

export async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { x, y } = await exportJWK(publicKey);
  const publicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! } as const;
  return { privateKey, publicJwk, kid: await calculateJwkThumbprint(publicJwk) };
}

/** Registers a name with a fresh key. */
export async function register({ send }: { send: Send }, name: string): Promise<Device> {
  const key = await newKey();
  const { json } = await send('POST', '/accounts', { name, publicKey: key.publicJwk });
  return { name, handle: json.id as string, deletionToken: json.deletionToken as string, ...key };
}

export async function challengeFor({ send }: { send: Send }, name: string): Promise<string> {
  return (await send('POST', '/challenges', { name })).json.challenge as string;
}

/** What the SDK's device key signs. */
export function claimsOf(device: Device, nonce: string, ctr: number, now = START): MatchAssertionClaims {
  const iat = Math.floor(now / 1000);
  return {
    ...{ iss: ORIGIN, aud: ORIGIN, sub: device.handle, nonce, jti: crypto.randomUUID(), iat, exp: iat + 60, ctr },
    match: {
      ...{ at: iat, model: 'mobilenet-160', modelVersion: '1.2.0', pipelineVersion: 1 },
      ...{ fmr: 1e-3, threshold: 1.072, points: 'shipped', frames: 3, liveness: null, sdk: '0.3.0' },
    },
  };
}

export function sign(device: Device, claims: object, header: Partial<JWTHeaderParameters> = {}, key = device.privateKey): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ: ASSERTION_TYPE, kid: device.kid, ...header }).sign(key);
}
