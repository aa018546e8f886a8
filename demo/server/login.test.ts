import { CompactSign } from 'jose';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MatchAssertionClaims } from '../../src/shared/MatchAssertion.js';
import { LOCK_TIME, SESSION_LIFETIME, type ServerOptions } from './ServerOptions.js';
import { challengeFor, claimsOf, newKey, openServer, ORIGIN, register, sign, type Device, type TestServer } from './testClient.js';

let server: TestServer;
let ann: Device;

beforeEach(async () => {
  server = openServer();
  ann = await register(server, 'ann');
});
afterEach(() => server.close());

const logIn = (assertion: string, name = 'ann') => server.send('POST', '/session', { name, assertion });
/** A right answer to a fresh challenge, for a case to spoil. */
const answer = async (ctr = 1) => claimsOf(ann, await challengeFor(server, 'ann'), ctr, server.clock.now);

describe('a right answer', () => {
  it('opens a session, in a cookie that scripts and other sites cannot use', async () => {
    const { status, json, cookie } = await logIn(await sign(ann, await answer()));
    expect(status).toBe(201);
    expect(json.session).toMatchObject({ name: 'ann', expiresAt: server.clock.now + SESSION_LIFETIME, liveness: null, passkeyUsed: false });
    expect(cookie).toMatch(/^__Host-visavis-session=[\w-]{43}; .*Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
    const session = { cookie: cookie.split(';')[0] };
    expect((await server.send('GET', '/session', undefined, session)).json.session).toMatchObject({ name: 'ann' });
    server.clock.now += SESSION_LIFETIME + 1;
    expect((await server.send('GET', '/session', undefined, session)).json.session).toBeNull();
  });

  it('is no Secure cookie on a plain HTTP host, where browsers would drop it', async () => {
    server.close();
    server = openServer({ origin: 'http://192.0.2.1' });
    const headers = { origin: 'http://192.0.2.1' };
    const key = await newKey();
    const { json } = await server.send('POST', '/accounts', { name: 'bo', publicKey: key.publicJwk }, headers);
    const bo = { ...ann, ...key, name: 'bo', handle: json.id as string };
    const { challenge } = (await server.send('POST', '/challenges', { name: 'bo' }, headers)).json;
    const claims = { ...claimsOf(bo, challenge as string, 1), iss: headers.origin, aud: headers.origin };
    const { cookie } = await server.send('POST', '/session', { name: 'bo', assertion: await sign(bo, claims) }, headers);
    expect(cookie).toMatch(/^visavis-session=.*HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('Secure');
  });
});

type Spoil = (claims: MatchAssertionClaims) => Promise<string> | string;
const b64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const claim =
  (change: object): Spoil =>
  (claims) =>
    sign(ann, { ...claims, ...change });
const match =
  (change: object): Spoil =>
  (claims) =>
    sign(ann, { ...claims, match: { ...claims.match, ...change } });
const without =
  (name: string): Spoil =>
  (claims) =>
    sign(ann, Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)));
/** Signed as it is, then one part changed. */
const tampered =
  (change: (parts: [string, string, string]) => unknown[]): Spoil =>
  async (claims) =>
    change((await sign(ann, claims)).split('.') as [string, string, string]).join('.');

const REFUSED: [name: string, code: string, spoil: Spoil, options?: ServerOptions][] = [
  [
    'replayed',
    'challenge-unknown',
    async (claims) => {
      const first = await sign(ann, claims);
      expect((await logIn(first)).status).toBe(201);
      return first;
    },
  ],
  [
    'a used challenge, signed anew',
    'challenge-unknown',
    async (claims) => {
      expect((await logIn(await sign(ann, claims))).status).toBe(201);
      return sign(ann, { ...claims, ctr: 2, jti: 'another' });
    },
  ],
  ['a challenge that was never given', 'challenge-unknown', claim({ nonce: 'A'.repeat(43) })],
  [
    'another account’s challenge',
    'challenge-unknown',
    async (claims) => {
      await register(server, 'bo');
      return sign(ann, { ...claims, nonce: await challengeFor(server, 'bo') });
    },
  ],
  [
    'too late for its challenge',
    'challenge-unknown',
    (claims) => {
      server.clock.now += 121_000;
      const iat = Math.floor(server.clock.now / 1000);
      return sign(ann, { ...claims, iat, exp: iat + 60 });
    },
  ],
  [
    'expired',
    'assertion-expired',
    (claims) => {
      server.clock.now += 125_000;
      return sign(ann, claims);
    },
  ],
  [
    'made to last',
    'assertion-expired',
    (claims) => {
      server.clock.now += 200_000;
      return sign(ann, { ...claims, exp: claims.exp + 1e6 });
    },
  ],
  ['from the future', 'assertion-expired', (claims) => sign(ann, { ...claims, iat: claims.iat + 300, exp: claims.exp + 300 })],
  ['of another origin', 'foreign-origin', claim({ iss: 'https://evil.example' })],
  ['for another origin', 'foreign-origin', claim({ aud: 'https://evil.example' })],
  ['for several origins, this one not among them', 'foreign-origin', claim({ aud: ['https://evil.example', `${ORIGIN}.evil.example`] })],
  [
    'claims tampered with',
    'bad-signature',
    tampered(([head, body, signature]) => [
      ...[head, b64({ ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), ctr: 9 }), signature],
    ]),
  ],
  [
    'one bit of the signature',
    'bad-signature',
    tampered(([head, body, signature]) => {
      const bytes = Buffer.from(signature, 'base64url');
      bytes[10] ^= 1;
      return [head, body, bytes.toString('base64url')];
    }),
  ],
  ['a signature of zeros', 'bad-signature', tampered(([head, body]) => [head, body, Buffer.alloc(64).toString('base64url')])],
  ['no signature', 'bad-signature', tampered(([head, body]) => [head, body, ''])],
  [
    'a header tampered with',
    'bad-signature',
    tampered(([, body, signature]) => [...[b64({ alg: 'ES256', typ: 'visavis-match+jwt', kid: 'another' }), body, signature]]),
  ],
  ['for another user', 'wrong-user', async (claims) => sign(ann, { ...claims, sub: (await register(server, 'bo')).handle })],
  ['signed by another user', 'bad-signature', async (claims) => sign(ann, claims, {}, (await register(server, 'bo')).privateKey)],
  [
    'signed with a key of its own, in the header',
    'bad-signature',
    async (claims) => {
      const own = await newKey();
      return sign(ann, claims, { jwk: own.publicJwk, kid: own.kid }, own.privateKey);
    },
  ],
  ['naming another key', 'bad-assertion', (claims) => sign(ann, claims, { kid: 'another' })],
  ['alg none', 'bad-algorithm', (claims) => `${b64({ alg: 'none', typ: 'visavis-match+jwt', kid: ann.kid })}.${b64(claims)}.`],
  [
    'HS256 with the public key as the secret',
    'bad-algorithm',
    (claims) => {
      const signed = `${b64({ alg: 'HS256', typ: 'visavis-match+jwt', kid: ann.kid })}.${b64(claims)}`;
      return `${signed}.${createHmac('sha256', JSON.stringify(ann.publicJwk)).update(signed).digest('base64url')}`;
    },
  ],
  ['a token of another kind', 'bad-assertion', (claims) => sign(ann, claims, { typ: 'JWT' })],
  [
    'a critical header that nobody knows',
    'bad-assertion',
    tampered(([, body, signature]) => [
      ...[b64({ alg: 'ES256', typ: 'visavis-match+jwt', kid: ann.kid, crit: ['x'], x: 1 }), body, signature],
    ]),
  ],
  [
    'no claims but text',
    'bad-assertion',
    () =>
      new CompactSign(new TextEncoder().encode('"hello"'))
        .setProtectedHeader({ alg: 'ES256', typ: 'visavis-match+jwt', kid: ann.kid })
        .sign(ann.privateKey),
  ],
  [
    'the counter going back',
    'counter-back',
    async (claims) => {
      expect((await logIn(await sign(ann, { ...claims, ctr: 7 }))).status).toBe(201);
      return sign(ann, await answer(6));
    },
  ],
  [
    'the counter standing still',
    'counter-back',
    async (claims) => {
      expect((await logIn(await sign(ann, { ...claims, ctr: 7 }))).status).toBe(201);
      return sign(ann, await answer(7));
    },
  ],
  ['a counter below one', 'bad-assertion', claim({ ctr: 0 })],
  ['a counter that is no number', 'bad-assertion', claim({ ctr: '9' })],
  ['a counter beyond exact numbers', 'bad-assertion', claim({ ctr: 2 ** 60 })],
  ...(['nonce', 'ctr', 'match', 'jti', 'exp'] as const).map((name): [string, string, Spoil] => [
    `without ${name}`,
    'bad-assertion',
    without(name),
  ]),
  ['without a time', 'assertion-expired', without('iat')],
  ['without a subject', 'wrong-user', without('sub')],
  ['a looser operating point', 'weak-match', match({ fmr: 1e-2 })],
  ['operating points of the page’s own', 'own-points', match({ points: 'own' })],
  ['an impossible operating point', 'bad-assertion', match({ fmr: 0 })],
  ['another model', 'model-refused', match({ model: 'toy' }), { models: ['mobilenet-160'] }],
  ['no liveness where it is demanded', 'liveness-missing', match({ liveness: null }), { demandLiveness: true }],
  [
    'liveness of yesterday',
    'liveness-missing',
    (claims) => {
      const finishedAt = new Date(server.clock.now - 864e5).toISOString();
      return sign(ann, { ...claims, match: { ...claims.match, liveness: { challenges: ['blink'], finishedAt } } });
    },
    { demandLiveness: true },
  ],
  ['liveness without a single challenge', 'bad-assertion', match({ liveness: { challenges: [], finishedAt: '2027-01-15T08:00:00.000Z' } })],
];

describe('refused', () => {
  it.each(REFUSED)('%s: %s', async (_name, code, spoil, options) => {
    if (options) {
      server.close();
      server = openServer(options);
      ann = await register(server, 'ann');
    }
    const refusal = await logIn(await spoil(await answer()));
    expect(refusal.code).toBe(code);
    expect(refusal.status).toBe(401);
    expect(refusal.cookie).toBe('');
    expect(Object.keys(refusal.json)).toEqual(['error']);
    expect(Object.keys(refusal.json.error!)).toEqual(['code', 'message']);
  });

  it('a wrong answer does not use up the challenge of the right one', async () => {
    const claims = await answer();
    expect((await logIn(await sign(ann, claims, {}, (await newKey()).privateKey))).code).toBe('bad-signature');
    expect((await logIn(await sign(ann, claims))).status).toBe(201);
  });

  it('liveness that is fresh is accepted where it is demanded', async () => {
    server.close();
    server = openServer({ demandLiveness: true });
    ann = await register(server, 'ann');
    const claims = await answer();
    const liveness = { challenges: ['turn-left', 'blink'], finishedAt: new Date(server.clock.now - 5000).toISOString() };
    const { json } = await logIn(await sign(ann, { ...claims, match: { ...claims.match, liveness } }));
    expect(json.session).toMatchObject({ liveness: ['turn-left', 'blink'] });
  });
});

describe('wrong tries', () => {
  it('lock the account after twenty, also for the right answer, until the time is over', async () => {
    const stranger = await newKey();
    for (let i = 0; i < 20; i++) {
      expect((await logIn(await sign(ann, await answer(), {}, stranger.privateKey))).code).toBe('bad-signature');
    }
    const locked = await logIn(await sign(ann, await answer()));
    expect([locked.status, locked.code, locked.headers.get('retry-after')]).toEqual([429, 'locked', String(LOCK_TIME / 1000)]);
    server.clock.now += LOCK_TIME - 1000;
    expect((await logIn(await sign(ann, await answer()))).code).toBe('locked');
    server.clock.now += 2000;
    expect((await logIn(await sign(ann, await answer()))).status).toBe(201);
  });

  it('do not lock after nineteen; a right answer starts the count anew', async () => {
    const stranger = await newKey();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 19; i++) await logIn(await sign(ann, await answer(), {}, stranger.privateKey));
      expect((await logIn(await sign(ann, await answer(round + 1)))).status).toBe(201);
    }
  });

  it('lock names that nobody has in the same way', async () => {
    const assertion = await sign(ann, await answer());
    for (let i = 0; i < 20; i++) expect((await logIn(assertion, 'nobody')).code).toBe('unknown-account');
    expect((await logIn(assertion, 'nobody')).code).toBe('locked');
    expect((await logIn(assertion, 'NoBody')).code).toBe('locked');
    expect((await logIn(assertion)).status).toBe(201);
  });
});
