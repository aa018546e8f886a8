import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_ERRORS } from './ApiError.js';
import { DEFAULT_LIMITS, REFUSALS } from '../../src/server.js';
import type { MatchAssertionClaims } from '../../src/shared/MatchAssertion.js';
import { TEST_MODELS } from './fixtures/expected.js';
import { challengeFor, claimsOf, openServer, ORIGIN, register, sign, tryToRegister, type Device, type TestServer } from './testClient.js';

const RUNS = 10_000;
const ROUTES = [
  ['POST', '/registrations'],
  ['POST', '/accounts'],
  ['POST', '/challenges'],
  ['POST', '/session'],
  ['DELETE', '/session'],
  ['DELETE', '/account'],
  ['POST', '/account/deletion'],
  ['POST', '/passkeys/invitation'],
  ['POST', '/passkeys'],
  ['DELETE', '/passkeys'],
  ['PUT', '/session'],
] as const;

let server: TestServer;
let ann: Device;
let cookie: string;

beforeAll(async () => {
  server = openServer();
  ann = await register(server, 'ann');
  const assertion = await sign(ann, claimsOf(ann, await challengeFor(server, 'ann'), 1));
  cookie = (await server.send('POST', '/session', { name: 'ann', assertion })).cookie.split(';')[0];
}, 60_000);
afterAll(() => server.close());

/** Bodies that are nearly right reach further than noise does. */
function nearly(): fc.Arbitrary<unknown> {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const b64 = fc.string({ unit: fc.constantFrom(...'ABCxyz019-_'.split('')), minLength: 1, maxLength: 50 });
  const anything = fc.oneof(
    text,
    b64,
    fc.anything({ maxDepth: 2 }),
    fc.constantFrom('ann', '__proto__', null, ann.handle, ann.deletionToken),
  );
  const segment = fc.oneof(
    b64,
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
  );
  const jws = fc.tuple(segment, segment, segment).map((parts) => parts.join('.'));
  const key = fc.record({
    kty: fc.constant('EC'),
    crv: fc.constant('P-256'),
    x: fc.string({ unit: fc.constantFrom(...'ABCDwxyz019-_'.split('')), minLength: 43, maxLength: 43 }),
    y: fc.constant(ann.publicJwk.y),
  });
  const bytes = fc.uint8Array({ maxLength: 80 }).map((value) => Buffer.from(value).toString('base64url') || 'AA');
  const passkey = fc.record(
    {
      ...{ id: bytes, rawId: bytes, type: fc.constant('public-key'), clientExtensionResults: fc.constant({}) },
      response: fc.record(
        {
          clientDataJSON: fc.oneof(
            bytes,
            fc.json().map((json) => Buffer.from(json).toString('base64url')),
          ),
          ...{ attestationObject: bytes, authenticatorData: bytes, signature: bytes, transports: fc.constant(['usb']) },
        },
        { requiredKeys: ['clientDataJSON'] },
      ),
    },
    { requiredKeys: ['id', 'type'] },
  );
  const name = fc.oneof(fc.constantFrom('ann', 'bo', 'ANN'), text);
  return fc.oneof(
    fc.record(
      { name, publicKey: fc.oneof(key, fc.constant(ann.publicJwk), anything), proof: fc.oneof(jws, anything) },
      { requiredKeys: [] },
    ),
    fc.record({ name, assertion: fc.oneof(jws, anything), passkey: fc.oneof(passkey, anything) }, { requiredKeys: ['name'] }),
    fc.record({ id: anything, deletionToken: anything }),
    passkey,
    anything,
  );
}

it(`answers ${RUNS} random bodies without a 500, in one shape`, async () => {
  const seen = new Set<number>();
  const body = fc.oneof(
    nearly().map((value) => {
      try {
        return JSON.stringify(value) ?? '';
      } catch {
        return '';
      }
    }),
    fc.uint8Array({ maxLength: 200 }),
  );
  const type = fc.oneof(
    { weight: 9, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom('', 'text/plain', 'multipart/form-data; boundary=x') },
  );
  const jar = fc.constantFrom('', cookie, `${cookie}x`, '=;=', '__Host-visavis-session=%');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ROUTES), body, type, jar, async ([method, path], content, contentType, cookies) => {
      // The account and its session stay for the cases that follow.
      const ends = method === 'DELETE' && path !== '/passkeys';
      const response = await server.app.request(`${ORIGIN}/api${path}`, {
        ...{ method, body: content as BodyInit },
        headers: { origin: ORIGIN, 'content-type': contentType, cookie: ends ? '' : cookies },
      });
      seen.add(response.status);
      expect(response.status).toBeLessThan(500);
      const json = (await response.json()) as { error?: { code: string; message: string } };
      if (response.ok) return;
      expect(Object.keys(json)).toEqual(['error']);
      expect(Object.keys({ ...API_ERRORS, ...REFUSALS })).toContain(json.error!.code);
    }),
    { numRuns: RUNS },
  );
  // The cases did not all stop at the door.
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 400, 401, 404]));
}, 600_000);

/** Claims with one or several parts replaced: by nonsense, by what is nearly right, or taken out. */
function spoiled(claims: MatchAssertionClaims): fc.Arbitrary<MatchAssertionClaims> {
  const time = fc.integer({ min: -400, max: 400 }).map((shift) => claims.iat + shift);
  const name = fc.constantFrom('iss', 'aud', 'sub', 'nonce', 'ctr', 'match', 'iat', 'exp', 'jti', 'nbf');
  const origins = fc.constantFrom<unknown>(ORIGIN, [ORIGIN], [ORIGIN, 'x'], `${ORIGIN}/`, 'https://evil.example');
  const part = fc.constantFrom('at', 'model', 'modelVersion', 'pipelineVersion', 'fmr', 'threshold', 'points', 'frames', 'liveness', 'sdk');
  const finishedAt = time.map((seconds) => new Date(seconds * 1000).toISOString());
  const liveness = fc.record({ challenges: fc.subarray(['blink', 'turn-left', '<b>']), finishedAt });
  const value = fc.oneof(
    ...[fc.jsonValue(), time, origins, liveness, fc.double({ min: 0, max: 2 })],
    fc.constantFrom(1e-4, 1e-3, 1e-2, 1.08, 1.12, 1.14, 1.22, 'own', 'shipped', '1.8.0', undefined),
  );
  const change = fc.dictionary(name, value, { maxKeys: 2 });
  const inMatch = fc.dictionary(part, value, { maxKeys: 2 });
  return fc.tuple(change, inMatch).map(([outer, inner]) => ({ ...claims, match: { ...claims.match, ...inner }, ...outer }));
}

it('lets nobody in whose signed claims break a rule', async () => {
  // An account of its own: a random body that holds Ann's deletion token ends hers.
  const eve = await register(server, 'eve');
  let counter = 0;
  const counts = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
      server.clock.now += DEFAULT_LIMITS.lockTime + 1; // beyond any lock
      const now = server.clock.now;
      const right = claimsOf(eve, await challengeFor(server, 'eve'), ++counter, now);
      const claims = fc.sample(spoiled(right), { numRuns: 1, seed: numbers.next().value as number })[0];
      fc.pre(!(Number.isSafeInteger(claims.ctr) && claims.ctr > 2 ** 50)); // nothing comes after the largest
      const assertion = await sign(eve, claims).catch(() => null);
      if (!assertion) return;
      const { status } = await server.send('POST', '/session', { name: 'eve', assertion });
      expect(status).toBeLessThan(500);
      if (status !== 201) {
        counts.refused++;
        return;
      }
      counts.accepted++;
      counter = Math.max(counter, claims.ctr);
      const { match } = claims;
      const seconds = now / 1000;
      expect([claims.iss, claims.aud, claims.sub, claims.nonce]).toEqual([ORIGIN, ORIGIN, eve.handle, right.nonce]);
      expect('nbf' in claims && (claims as { nbf?: unknown }).nbf !== undefined).toBe(false);
      expect(claims.exp - claims.iat).toBeLessThanOrEqual(120);
      expect(Math.abs(claims.iat - seconds)).toBeLessThanOrEqual(180);
      expect(claims.iat - match.at).toBeLessThanOrEqual(40);
      expect(match.at).toBeLessThanOrEqual(claims.iat);
      expect([match.model, match.modelVersion, match.points]).toEqual(['mobilenet-160', '1.8.0', 'shipped']);
      expect(match.fmr).toBeLessThanOrEqual(1e-3);
      expect(TEST_MODELS[0].points).toContainEqual({ fmr: match.fmr, threshold: match.threshold });
      if (match.liveness) expect(Math.abs(match.at - Date.parse(match.liveness.finishedAt) / 1000)).toBeLessThanOrEqual(70);
    }),
    { numRuns: 2000 },
  );
  // Both happen, so the rules above were put to the test.
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(20);
}, 600_000);

it('answers registrations that are signed nonsense without a 500, and makes no account of them', async () => {
  const name = fc.constantFrom('iss', 'aud', 'sub', 'nonce', 'iat', 'exp', 'jti');
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.jsonValue(), { minKeys: 1, maxKeys: 2 }), async (claims) => {
      const { status } = await tryToRegister(server, `person ${n++}`, { claims });
      expect(status).toBeLessThan(500);
      // A random id is the one part that may be anything short.
      if (status === 201) expect(Object.keys(claims)).toEqual(['jti']);
    }),
    { numRuns: 500 },
  );
}, 600_000);
