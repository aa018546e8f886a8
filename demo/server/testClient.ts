import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose';
import { ASSERTION_TYPE, REGISTRATION_TYPE, type DevicePublicJwk, type MatchAssertionClaims } from '../../src/shared/MatchAssertion.js';
import { createApp } from './createApp.js';
import { ORIGIN, TEST_MODELS } from './fixtures/expected.js';
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
export function openServer(options: Partial<ServerOptions> = {}) {
  const clock = { now: START };
  const app = createApp({ models: TEST_MODELS, requestsPerMinute: 1e9, registrationsPerHour: 1e9, now: () => clock.now, ...options });
  const send: Send = async (method, path, body, headers = {}) => {
    const request = {
      method,
      headers: { origin: ORIGIN, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const response = await app.request(`${ORIGIN}/api${path}`, request, { incoming: { socket: { remoteAddress: '127.0.0.1' } } });
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

export interface Registration {
  readonly key?: Awaited<ReturnType<typeof newKey>>;
  readonly now?: number;
  /** Changes to what is signed, and to how. */
  readonly claims?: object;
  readonly header?: Partial<JWTHeaderParameters>;
  readonly privateKey?: CryptoKey;
  readonly headers?: Record<string, string>;
}

/** Registers a name with a fresh key, or as the parts say. */
export async function tryToRegister({ send, clock }: { send: Send; clock?: { now: number } }, name: string, parts: Registration = {}) {
  const { key = await newKey(), now = clock?.now ?? Date.now(), claims, header, headers = {} } = parts;
  const { json } = await send('POST', '/registrations', {}, headers);
  const iat = Math.floor(now / 1000);
  const origin = headers.origin ?? ORIGIN;
  const said = { iss: origin, aud: origin, sub: name, nonce: json.challenge, jti: crypto.randomUUID(), iat, exp: iat + 60, ...claims };
  const proof = await new SignJWT(said)
    .setProtectedHeader({ alg: 'ES256', typ: REGISTRATION_TYPE, kid: key.kid, ...header })
    .sign(parts.privateKey ?? key.privateKey);
  const answer = await send('POST', '/accounts', { name, publicKey: key.publicJwk, proof }, headers);
  return { ...answer, key, proof };
}

export async function register(server: { send: Send; clock?: { now: number } }, name: string, parts?: Registration): Promise<Device> {
  const { json, key } = await tryToRegister(server, name, parts);
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
      ...{ at: iat, model: 'mobilenet-160', modelVersion: '1.8.0', pipelineVersion: 1 },
      ...{ fmr: 1e-3, threshold: 1.14, points: 'shipped', frames: 3, liveness: null, sdk: '0.5.0' },
    },
  };
}

export function sign(device: Device, claims: object, header: Partial<JWTHeaderParameters> = {}, key = device.privateKey): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ: ASSERTION_TYPE, kid: device.kid, ...header }).sign(key);
}
