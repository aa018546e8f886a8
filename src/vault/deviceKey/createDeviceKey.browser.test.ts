import { calculateJwkThumbprint, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { recordMatch } from '../../shared/matchLedger.js';
import type { VerifiedLiveness, VerifyResult } from '../../shared/verification.js';
import { createDeviceKey, openDeviceKey } from './createDeviceKey.js';
import type { DeviceKey } from './DeviceKey.js';
import { eraseDeviceKey } from './eraseDeviceKey.js';

const CHALLENGE = 'n-0S6_WzA2Mj_challenge';
const ORIGIN = { model: 'mobilenet-160', modelVersion: '1.2.0', pipelineVersion: 1, points: 'shipped' } as const;

/** As the verifier makes it. */
function matched(more: Partial<VerifyResult> = {}): VerifyResult {
  const result: VerifyResult = {
    match: true,
    distance: 0.61,
    normalizedDistance: 0.63,
    threshold: 1.072,
    extrapolated: false,
    estimatedFmr: 1e-6,
    face: null,
    frames: 3,
    liveness: null,
    ...more,
  };
  recordMatch(result, ORIGIN, 1e-3);
  return result;
}

const sign = (key: DeviceKey, result = matched()) => key.signChallenge(CHALLENGE, { result, templateId: 'ann' });

afterEach(async () => {
  for (const name of ['test', 'other']) await eraseDeviceKey({ name });
});

describe('createDeviceKey', () => {
  it('makes one key and finds it again', async () => {
    expect(await openDeviceKey({ name: 'test' })).toBeUndefined();
    const [a, b] = await Promise.all([createDeviceKey({ name: 'test' }), createDeviceKey({ name: 'test' })]);
    const c = await openDeviceKey({ name: 'test' });
    const other = await createDeviceKey({ name: 'other' });
    expect([b.id, c?.id]).toEqual([a.id, a.id]);
    expect(other.id).not.toBe(a.id);
    expect(a.id).toBe(await calculateJwkThumbprint(a.publicJwk));
    expect(Object.keys(a.publicJwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  });

  it('keeps the private half from scripts', async () => {
    await createDeviceKey({ name: 'test' });
    const db = await openDB('visavis-device-key-test');
    const { privateKey } = (await db.get('keys', 'device')) as { privateKey: CryptoKey };
    db.close();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
  });

  it('calls a damaged record that, wherever it is read', async () => {
    const key = await createDeviceKey({ name: 'test' });
    const db = await openDB('visavis-device-key-test');
    const { publicJwk, ...record } = (await db.get('keys', 'device')) as { publicJwk: object };
    await db.put('keys', record, 'device');
    const calls = [
      () => createDeviceKey({ name: 'test' }),
      () => openDeviceKey({ name: 'test' }),
      () => sign(key),
      () => key.signRegistration(CHALLENGE, { name: 'Ann' }),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'vault-unavailable', message: expect.stringMatching(/damaged/) as string });
    }
    await db.put('keys', { ...record, publicJwk }, 'device');
    db.close();
    expect((await openDeviceKey({ name: 'test' }))?.id).toBe(key.id);
  });

  it('leaves a way out of a damaged record: eraseDeviceKey', async () => {
    const { id } = await createDeviceKey({ name: 'test' });
    const db = await openDB('visavis-device-key-test', undefined, {
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    await db.put('keys', null, 'device');
    await expect(createDeviceKey({ name: 'test' })).rejects.toThrow(/damaged.*with eraseDeviceKey/);
    await eraseDeviceKey({ name: 'test' });
    await eraseDeviceKey({ name: 'test' }); // nothing to do
    expect((await createDeviceKey({ name: 'test' })).id).not.toBe(id);
    await expect(eraseDeviceKey({ name: '' })).rejects.toThrow(/expected the device key's name/);
    await expect(eraseDeviceKey({ nam: 'test' } as never)).rejects.toThrow(TypeError);
    await expect(eraseDeviceKey({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('says what it expects', async () => {
    await expect(createDeviceKey({ name: '' })).rejects.toThrow(/expected the device key's name/);
    await expect(openDeviceKey({ name: 3 as unknown as string })).rejects.toThrow(TypeError);
  });
});

describe('signChallenge', () => {
  it('signs a match so that a JOSE library accepts it', async () => {
    const key = await createDeviceKey({ name: 'test' });
    const jws = await key.signChallenge(CHALLENGE, { result: matched(), templateId: 'ann', audience: 'https://bank.example' });
    expect(decodeProtectedHeader(jws)).toEqual({ alg: 'ES256', typ: 'visavis-match+jwt', kid: key.id });
    const { payload } = await jwtVerify(jws, await importJWK(key.publicJwk, 'ES256'), {
      issuer: location.origin,
      audience: 'https://bank.example',
      subject: 'ann',
    });
    expect(payload).toMatchObject({ nonce: CHALLENGE, ctr: 1, exp: payload.iat! + 60 });
    expect(payload.match).toEqual({
      ...ORIGIN,
      at: expect.any(Number) as number,
      fmr: 1e-3,
      threshold: 1.072,
      frames: 3,
      liveness: null,
      sdk: expect.any(String) as string,
    });
    expect(JSON.stringify(payload)).not.toContain('0.61'); // the distance stays here
  });

  it('carries the liveness result', async () => {
    const liveness: VerifiedLiveness = { challenges: ['turn-left', 'blink'], finishedAt: '2026-01-02T03:04:05.000Z' };
    const jws = await sign(await createDeviceKey({ name: 'test' }), matched({ liveness }));
    const claims = JSON.parse(atob(jws.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) as { match: object };
    expect(claims.match).toMatchObject({ liveness });
  });

  it('signs each match once, and nothing that is not one', async () => {
    const key = await createDeviceKey({ name: 'test' });
    const result = matched();
    await sign(key, result);
    await expect(sign(key, result)).rejects.toThrow(TypeError);
    await expect(sign(key, { ...matched() })).rejects.toThrow(TypeError);
    await expect(sign(key, { match: true } as VerifyResult)).rejects.toThrow(TypeError);
    for (const challenge of ['', 'short', 'a b'.repeat(10), 'x'.repeat(513), 7 as unknown as string]) {
      await expect(key.signChallenge(challenge, { result: matched(), templateId: 'ann' })).rejects.toThrow(/expected the challenge/);
    }
    await expect(key.signChallenge(CHALLENGE, { result: matched(), templateId: '' })).rejects.toThrow(/expected templateId/);
  });

  it('counts every signature, also those of two tabs at once', async () => {
    const tabs = await Promise.all([createDeviceKey({ name: 'test' }), createDeviceKey({ name: 'test' })]);
    const all = await Promise.all(Array.from({ length: 40 }, (_, i) => sign(tabs[i % 2])));
    const counters = all.map(
      (jws) => (JSON.parse(atob(jws.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) as { ctr: number }).ctr,
    );
    expect(counters.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('is over once the key is erased, or another took its place', async () => {
    const key = await createDeviceKey({ name: 'test' });
    await (await createDeviceKey({ name: 'test' })).erase();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('visavis-device-key-test');
    await expect(sign(key)).rejects.toMatchObject({ code: 'key-missing' });
    expect(await openDeviceKey({ name: 'test' })).toBeUndefined();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('visavis-device-key-test');
    await createDeviceKey({ name: 'test' });
    await expect(sign(key)).rejects.toMatchObject({ code: 'key-missing' });
  });
});

describe('signRegistration', () => {
  it('signs the challenge and the name so that a JOSE library accepts it, and it is no match', async () => {
    const key = await createDeviceKey({ name: 'test' });
    const jws = await key.signRegistration(CHALLENGE, { name: 'Ann', audience: 'https://bank.example' });
    expect(decodeProtectedHeader(jws)).toEqual({ alg: 'ES256', typ: 'visavis-registration+jwt', kid: key.id });
    const expected = { issuer: location.origin, audience: 'https://bank.example', subject: 'Ann' };
    const { payload } = await jwtVerify(jws, await importJWK(key.publicJwk, 'ES256'), expected);
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'nonce', 'sub']);
    expect(payload).toMatchObject({ nonce: CHALLENGE, exp: payload.iat! + 60 });
  });

  it('says what it expects, and that the key is gone', async () => {
    const key = await createDeviceKey({ name: 'test' });
    await expect(key.signRegistration('short', { name: 'Ann' })).rejects.toThrow(/expected the challenge/);
    await expect(key.signRegistration(CHALLENGE, { name: '' })).rejects.toThrow(/expected name/);
    await expect(key.signRegistration(CHALLENGE, { templateId: 'Ann' } as never)).rejects.toThrow(TypeError);
    await key.erase();
    await expect(key.signRegistration(CHALLENGE, { name: 'Ann' })).rejects.toMatchObject({ code: 'key-missing' });
  });
});
