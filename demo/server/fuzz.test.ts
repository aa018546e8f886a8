import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_ERRORS } from './ApiError.js';
import { challengeFor, claimsOf, openServer, ORIGIN, register, sign, type Device, type TestServer } from './testClient.js';

const RUNS = 10_000;
const ROUTES = [
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
});
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
    fc.record({ name, publicKey: fc.oneof(key, anything) }, { requiredKeys: [] }),
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
      expect(Object.keys(API_ERRORS)).toContain(json.error!.code);
    }),
    { numRuns: RUNS },
  );
  // The cases did not all stop at the door.
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 400, 401, 404]));
}, 600_000);

it('answers signed nonsense without a 500', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom('iss', 'aud', 'sub', 'nonce', 'ctr', 'match', 'iat', 'exp', 'jti', 'nbf'), fc.jsonValue()),
      async (change) => {
        const claims = { ...claimsOf(ann, await challengeFor(server, 'ann'), 2), ...change };
        server.clock.now += 1e9; // beyond any lock
        const assertion = await sign(ann, claims).catch(() => null);
        if (!assertion) return;
        expect((await server.send('POST', '/session', { name: 'ann', assertion })).status).toBeLessThan(500);
      },
    ),
    { numRuns: 500 },
  );
}, 600_000);
