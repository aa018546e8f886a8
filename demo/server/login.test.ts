import { CompactSign } from 'jose';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/server.js';
import type { MatchAssertionClaims } from '../../src/shared/MatchAssertion.js';
import { SESSION_LIFETIME, type ServerOptions } from './ServerOptions.js';
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
    const bo = await register(server, 'bo', { headers });
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

const REFUSED: [name: string, code: string, spoil: Spoil, options?: Partial<ServerOptions>][] = [
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
      return sign(ann, { ...claims, iat, exp: iat + 60, match: { ...claims.match, at: iat } });
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
    'bad-assertion',
    (claims) => {
      server.clock.now += 200_000;
      return sign(ann, { ...claims, exp: claims.exp + 1e6 });
    },
  ],
  ['from the future', 'assertion-expired', (claims) => sign(ann, { ...claims, iat: claims.iat + 300, exp: claims.exp + 300 })],
  ['of another origin', 'foreign-origin', claim({ iss: 'https://evil.example' })],
  ['for another origin', 'foreign-origin', claim({ aud: 'https://evil.example' })],
  ['for this origin and another', 'foreign-origin', (claims) => sign(ann, { ...claims, aud: [ORIGIN, 'https://evil.example'] })],
  ['for a list of this origin alone', 'foreign-origin', (claims) => sign(ann, { ...claims, aud: [ORIGIN] })],
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
  ['without a time', 'bad-assertion', without('iat')],
  ['without a subject', 'bad-assertion', without('sub')],
  ['with a time that is no number', 'bad-assertion', (claims) => sign(ann, { ...claims, iat: String(claims.iat) })],
  ['with a broken time', 'bad-assertion', claim({ iat: 1.5 })],
  ['valid for ten years', 'bad-assertion', (claims) => sign(ann, { ...claims, exp: claims.iat + 3e8 })],
  ['valid for three minutes', 'bad-assertion', (claims) => sign(ann, { ...claims, exp: claims.iat + 180 })],
  ['valid for no time', 'bad-assertion', (claims) => sign(ann, { ...claims, exp: claims.iat })],
  ['valid from later on', 'bad-assertion', (claims) => sign(ann, { ...claims, nbf: claims.iat + 1e6 })],
  ['four minutes old', 'assertion-expired', (claims) => sign(ann, { ...claims, iat: claims.iat - 240, exp: claims.iat - 180 })],
  ['with a long id', 'bad-assertion', claim({ jti: 'x'.repeat(65) })],
  ['with an id that is no text', 'bad-assertion', claim({ jti: 5 })],
  ['for no account', 'bad-assertion', claim({ sub: '' })],
  ['a header with a key', 'bad-assertion', async (claims) => sign(ann, claims, { jwk: (await newKey()).publicJwk })],
  ['a header with an address', 'bad-assertion', (claims) => sign(ann, claims, { jku: 'https://evil.example/keys' })],
  ['a header without a key', 'bad-assertion', (claims) => sign(ann, claims, { kid: undefined })],
  ['of a registration', 'bad-assertion', (claims) => sign(ann, claims, { typ: 'visavis-registration+jwt' })],
  ['too large', 'bad-assertion', claim({ more: 'x'.repeat(5500) })],
  ['of a match a year ago', 'assertion-expired', (claims) => sign(ann, { ...claims, match: { ...claims.match, at: claims.iat - 3e7 } })],
  ['of a match a minute ago', 'assertion-expired', (claims) => sign(ann, { ...claims, match: { ...claims.match, at: claims.iat - 60 } })],
  ['of a match to come', 'assertion-expired', (claims) => sign(ann, { ...claims, match: { ...claims.match, at: claims.iat + 1 } })],
  ['at a threshold of its own', 'points-refused', match({ threshold: 2 })],
  ['at a threshold a little above the model’s', 'points-refused', match({ threshold: 1.1401 })],
  ['at another point’s threshold', 'points-refused', match({ fmr: 1e-4, threshold: 1.14 })],
  ['at a rate that is no point of the model', 'points-refused', match({ fmr: 5e-4 })],
  ['at points of nobody', 'bad-assertion', match({ points: undefined })],
  ['a rate a little above the limit', 'weak-match', match({ fmr: 0.0010000001 })],
  ['a negative rate', 'bad-assertion', match({ fmr: -1 })],
  ['a threshold beyond any distance', 'bad-assertion', match({ threshold: 3 })],
  ['no frames', 'bad-assertion', match({ frames: 0 })],
  ['a million frames', 'bad-assertion', match({ frames: 1e6 })],
  ['a model with a name for a page', 'bad-assertion', match({ model: '<b>' })],
  ['another version of the model', 'model-refused', match({ modelVersion: '1.4.1' })],
  ['no version of the SDK', 'bad-assertion', match({ sdk: undefined })],
  [
    'liveness of challenges that there are not',
    'bad-assertion',
    (claims) => {
      const finishedAt = new Date(server.clock.now).toISOString();
      return sign(ann, { ...claims, match: { ...claims.match, liveness: { challenges: ['<b>'], finishedAt } } });
    },
  ],
  [
    'liveness of 1999, though none is demanded',
    'liveness-missing',
    match({ liveness: { challenges: ['blink'], finishedAt: '1999-01-01T00:00:00.000Z' } }),
  ],
  ['liveness at no time', 'bad-assertion', match({ liveness: { challenges: ['blink'], finishedAt: '2027-01-15' } })],
  ['a looser operating point', 'weak-match', match({ fmr: 1e-2, threshold: 1.22 })],
  ['operating points of the page’s own', 'own-points', match({ points: 'own' })],
  ['an impossible operating point', 'bad-assertion', match({ fmr: 0 })],
  ['another model', 'model-refused', match({ model: 'toy' })],
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
    expect([locked.status, locked.code, locked.headers.get('retry-after')]).toEqual([
      429,
      'locked',
      String(DEFAULT_LIMITS.lockTime / 1000),
    ]);
    server.clock.now += DEFAULT_LIMITS.lockTime - 1000;
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

  it('are counted before they are judged: of 120 at the same time twenty are', async () => {
    const stranger = await newKey();
    for (const name of ['ann', 'nobody']) {
      const wrong = await Promise.all(Array.from({ length: 120 }, async (_, n) => sign(ann, await answer(n + 1), {}, stranger.privateKey)));
      const codes = (await Promise.all(wrong.map((assertion) => logIn(assertion, name)))).map(({ code }) => code);
      expect(codes.filter((code) => code === 'bad-signature')).toHaveLength(20);
      expect(codes.filter((code) => code === 'locked')).toHaveLength(100);
    }
  });

  it('of one challenge answered twice at the same time one is right, 200 times', { timeout: 60_000 }, async () => {
    for (let n = 1; n <= 200; n++) {
      if (n % 100 === 0) server.clock.now += DEFAULT_LIMITS.lockTime + 1; // each second answer is a wrong try
      const claims = await answer(2 * n);
      const twice = [await sign(ann, claims), n % 2 ? await sign(ann, claims) : await sign(ann, { ...claims, ctr: 2 * n + 1 })];
      const answers = await Promise.all(twice.map((assertion) => logIn(assertion)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
    }
  });

  it('lock names that nobody has in the same way', async () => {
    const assertion = await sign(ann, await answer());
    for (let i = 0; i < 20; i++) expect((await logIn(assertion, 'nobody')).code).toBe('bad-signature');
    expect((await logIn(assertion, 'nobody')).code).toBe('locked');
    expect((await logIn(assertion, 'NoBody')).code).toBe('locked');
    expect((await logIn(assertion)).status).toBe(201);
  });
});
