import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RETENTION } from './ServerOptions.js';
import {
  challengeFor,
  claimsOf,
  newKey,
  openServer,
  ORIGIN,
  register,
  sign,
  tryToRegister,
  type Registration,
  type Device,
  type TestServer,
} from './testClient.js';

let server: TestServer;
beforeEach(() => {
  server = openServer();
});
afterEach(() => server.close());

async function signIn(device: Device, ctr = 1): Promise<{ cookie: string }> {
  const assertion = await sign(device, claimsOf(device, await challengeFor(server, device.name), ctr, server.clock.now));
  return { cookie: (await server.send('POST', '/session', { name: device.name, assertion })).cookie.split(';')[0] };
}

describe('accounts', () => {
  it('belong to whoever came first, in whatever case the name is written', async () => {
    await register(server, 'Ann');
    for (const name of ['Ann', 'ann', ' ANN ']) {
      expect((await tryToRegister(server, name)).code).toBe('name-taken');
    }
  });

  it('refuse keys that are none, and private ones', async () => {
    const { publicJwk } = await newKey();
    const wrong = [
      { ...publicJwk, d: publicJwk.x },
      { ...publicJwk, kty: 'RSA' },
      { ...publicJwk, crv: 'P-384' },
      { ...publicJwk, x: publicJwk.y, y: publicJwk.x }, // no point of the curve
      { ...publicJwk, x: 'A'.repeat(43), y: 'A'.repeat(43) },
      { ...publicJwk, x: publicJwk.x.slice(1) },
    ];
    for (const publicKey of wrong) {
      const { code } = await server.send('POST', '/accounts', { name: 'ann', publicKey, proof: 'a.b.c' });
      expect(['bad-key', 'bad-assertion']).toContain(code);
    }
  });

  it('of names that look alike are one', async () => {
    const taken = [
      ...[
        ['ann x', 'ａｎｎ x'],
        ['Émile', 'émile'],
        ['paypal', 'раураl'],
        ['pace', 'расе'],
        ['ace', 'асе'],
        ['al', 'AI'],
        ['corn', 'com'],
      ],
      ...[
        ['b0', 'bO'],
        ['a.b', 'a_b'],
        ['x  y', 'x y'],
        ['ﬁn', 'fin'],
        ['tom1', 'toml'],
        ['ово', 'oвo'.replaceAll('o', 'о')],
      ],
    ];
    for (const [one, other] of taken) {
      await register(server, one);
      const { code } = await tryToRegister(server, other);
      expect([one, other, code]).toEqual([one, other, other === 'раураl' ? 'name-refused' : 'name-taken']);
    }
    for (const mixed of ['аnna', 'раураl', 'oвo', 'Ωmega']) expect((await tryToRegister(server, mixed)).code).toBe('name-refused');
  });

  it('take names of one script, and nothing that hides or turns text', async () => {
    for (const name of ['Ann', 'Любовь', 'Ωμέγα', '山田 太郎', 'ゆかり', '김하나', 'محمد', 'ann-2_b.c', 'José']) {
      expect([name, (await tryToRegister(server, name)).status]).toEqual([name, 201]);
    }
    // No store keeps these as they are.
    for (const name of ['', 'a\u0000b', 'an\nn']) expect([name, (await tryToRegister(server, name)).code]).toEqual([name, 'bad-body']);
    const refused = [' ', 'a'.repeat(41), 'a\u202Eb', 'a\u200Bb', 'aб', 'x\u0301\u0301\u0301', '<b>', "a'b", '-a', '🙂'];
    for (const name of refused) expect([name, (await tryToRegister(server, name)).code]).toEqual([name, 'name-refused']);
  });

  it('take nobody’s key but that of who asks', async () => {
    const victim = await newKey();
    const stranger = await newKey();
    const wrong: [code: string, parts: Registration][] = [
      ['bad-signature', { privateKey: stranger.privateKey }],
      ['bad-assertion', { header: { kid: stranger.kid } }],
      ['bad-assertion', { header: { typ: 'visavis-match+jwt' } }],
      ['foreign-origin', { claims: { aud: 'https://evil.example' } }],
      ['foreign-origin', { claims: { iss: 'https://evil.example' } }],
      ['wrong-user', { claims: { sub: 'another' } }],
      ['challenge-unknown', { claims: { nonce: 'A'.repeat(43) } }],
      ['challenge-unknown', { claims: { nonce: await challengeFor(server, 'ann') } }],
      ['assertion-expired', { now: server.clock.now - 300_000 }],
      ['bad-assertion', { claims: { exp: server.clock.now / 1000 + 1e6 } }],
    ];
    for (const [code, parts] of wrong) expect((await tryToRegister(server, 'ann', { key: victim, ...parts })).code).toBe(code);
    const { status, proof } = await tryToRegister(server, 'ann', { key: victim });
    expect(status).toBe(201);
    expect((await tryToRegister(server, 'bo', { key: victim })).code).toBe('key-taken');
    const again = await server.send('POST', '/accounts', { name: 'ann', publicKey: victim.publicJwk, proof });
    expect(again.code).toBe('challenge-unknown');
  });

  it('are given again to their own key, whose first answer may have been lost, with a token that deletes them', async () => {
    const lost = await tryToRegister(server, 'Ann');
    const again = await tryToRegister(server, 'ann', { key: lost.key });
    expect([lost.status, again.status]).toEqual([201, 201]);
    expect(again.json).toMatchObject({ id: lost.json.id, name: 'Ann' });
    expect((await tryToRegister(server, 'ann')).code).toBe('name-taken');
    expect((await tryToRegister(server, 'another', { key: lost.key })).code).toBe('key-taken');
    const used = await server.send('POST', '/accounts', { name: 'ann', publicKey: lost.key.publicJwk, proof: again.proof });
    expect(used.code).toBe('challenge-unknown');
    const remove = (deletionToken: unknown) => server.send('POST', '/account/deletion', { id: lost.json.id, deletionToken });
    expect((await remove(lost.json.deletionToken)).code).toBe('unknown-account');
    expect((await remove(again.json.deletionToken)).status).toBe(200);
    expect((await tryToRegister(server, 'ann')).status).toBe(201); // the name is free again
  });

  it('are not made in any number from one address', async () => {
    server.close();
    server = openServer({ registrationsPerHour: 3 });
    for (const name of ['a', 'b', 'c']) await register(server, name);
    expect((await tryToRegister(server, 'd')).code).toBe('rate-limited');
    expect((await server.send('POST', '/challenges', { name: 'a' })).status).toBe(201);
  });

  it('are deleted with all that hangs on them, by their session', async () => {
    const session = await signIn(await register(server, 'ann'));
    expect((await server.send('DELETE', '/account')).code).toBe('no-session');
    expect((await server.send('DELETE', '/account', undefined, session)).status).toBe(200);
    expect((await server.send('GET', '/session', undefined, session)).json.session).toBeNull();
    await register(server, 'ann'); // the name is free again
  });

  it('are deleted without a login by the token of their registration', async () => {
    const ann = await register(server, 'ann');
    const session = await signIn(ann);
    const bo = await register(server, 'bo');
    const wrong = await server.send('POST', '/account/deletion', { id: ann.handle, deletionToken: bo.deletionToken });
    expect(wrong.code).toBe('unknown-account');
    const right = await server.send('POST', '/account/deletion', { id: ann.handle, deletionToken: ann.deletionToken });
    expect(right.status).toBe(200);
    expect((await server.send('GET', '/session', undefined, session)).json.session).toBeNull();
  });

  it('go when nobody used them for ninety days', async () => {
    const ann = await register(server, 'ann');
    server.clock.now += RETENTION - 1000;
    await signIn(ann);
    server.clock.now += RETENTION - 1000;
    await register(server, 'bo');
    expect((await tryToRegister(server, 'ann')).code).toBe('name-taken');
    server.clock.now += 2000;
    await register(server, 'cy');
    expect((await tryToRegister(server, 'ann')).status).toBe(201);
  });

  it('outlive the server, with their counter and their wrong tries', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'visavis-server-'));
    const database = join(folder, 'deep/demo.sqlite');
    try {
      server.close();
      server = openServer({ database });
      const ann = await register(server, 'ann');
      const session = await signIn(ann, 5);
      for (let i = 0; i < 20; i++) await server.send('POST', '/session', { name: 'bo', assertion: 'a.b.c' });
      server.close();
      server = openServer({ database });
      expect((await server.send('GET', '/session', undefined, session)).json.session).toMatchObject({ name: 'ann' });
      expect((await server.send('POST', '/session', { name: 'bo', assertion: 'a.b.c' })).code).toBe('locked');
      const assertion = await sign(ann, claimsOf(ann, await challengeFor(server, 'ann'), 5));
      expect((await server.send('POST', '/session', { name: 'ann', assertion })).code).toBe('counter-back');
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
      server = openServer();
    }
  });
});

describe('sessions', () => {
  it('have a page of their own, which shows names as text', async () => {
    const page = async (headers = {}) => {
      const response = await server.app.request(`${ORIGIN}/api/session.html`, { headers });
      return { status: response.status, text: await response.text(), cache: response.headers.get('cache-control') };
    };
    expect(await page()).toMatchObject({ status: 401, cache: 'no-store' });
    expect((await page()).text).toContain('Not signed in');
    const session = await signIn(await register(server, 'Ann B.'));
    expect((await page(session)).text).toContain('Hello, Ann B.');
    expect((await page(session)).text).not.toContain('<script');
  });

  it('are ten of an account at most: another login ends the oldest', async () => {
    const ann = await register(server, 'ann');
    const open = [];
    for (let n = 1; n <= 11; n++) {
      server.clock.now += 1000;
      open.push(await signIn(ann, n));
    }
    const alive = await Promise.all(open.map(async (one) => (await server.send('GET', '/session', undefined, one)).json.session !== null));
    expect(alive).toEqual([false, ...Array.from({ length: 10 }, () => true)]);
  });

  it('end when told to; another login in the same browser ends the one before', async () => {
    const ann = await register(server, 'ann');
    const session = await signIn(ann);
    const assertion = await sign(ann, claimsOf(ann, await challengeFor(server, 'ann'), 2));
    const next = (await server.send('POST', '/session', { name: 'ann', assertion }, session)).cookie.split(';')[0];
    expect((await server.send('GET', '/session', undefined, session)).json.session).toBeNull();
    const end = await server.send('DELETE', '/session', undefined, { cookie: next });
    expect(end.cookie).toMatch(/^__Host-visavis-session=; Max-Age=0/);
    expect((await server.send('GET', '/session', undefined, { cookie: next })).json.session).toBeNull();
  });
});

describe('requests', () => {
  it('of another site are refused, and those without an origin', async () => {
    const body = { name: 'ann' };
    expect((await server.send('POST', '/challenges', body, { origin: 'https://evil.example' })).code).toBe('cross-site');
    expect((await server.send('POST', '/challenges', body, { origin: 'null' })).code).toBe('cross-site');
    expect((await server.send('POST', '/challenges', body, { origin: '' })).code).toBe('cross-site');
    expect((await server.send('DELETE', '/session', undefined, { origin: 'https://evil.example' })).code).toBe('cross-site');
  });

  it('as forms send them are refused', async () => {
    const form = { 'content-type': 'text/plain' };
    expect((await server.send('POST', '/challenges', '{"name":"ann"}', form)).code).toBe('bad-body');
  });

  it('that are too large are refused', async () => {
    expect((await server.send('POST', '/challenges', { name: 'a'.repeat(70_000) })).code).toBe('too-large');
  });

  it('are limited', async () => {
    server.close();
    server = openServer({ requestsPerMinute: 5 });
    for (let i = 0; i < 5; i++) expect((await server.send('POST', '/challenges', { name: 'ann' })).status).toBe(201);
    const refusal = await server.send('POST', '/challenges', { name: 'ann' });
    expect([refusal.status, refusal.code]).toEqual([429, 'rate-limited']);
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.send('GET', '/session')).status).toBe(200);
  });

  it('behind a proxy count for their own address, where the proxy is trusted', async () => {
    const wrong = (from: string) => server.send('POST', '/session', { name: 'ann', assertion: 'a.b.c' }, { 'x-forwarded-for': from });
    for (const [proxies, owner] of [
      [undefined, 'locked'],
      [{ proxies: 1, header: 'x-forwarded-for' }, undefined],
    ] as const) {
      server.close();
      server = openServer({ ...(proxies && { proxies }) });
      const ann = await register(server, 'ann');
      // The stranger makes up what stands before the address that the proxy adds.
      for (let n = 0; n < 20; n++) await wrong(`192.0.2.${n}, 203.0.113.66`);
      const assertion = await sign(ann, claimsOf(ann, await challengeFor(server, 'ann'), 1));
      const answer = await server.send('POST', '/session', { name: 'ann', assertion }, { 'x-forwarded-for': '198.51.100.7' });
      expect(answer.code).toBe(owner);
    }
    expect((await wrong('192.0.2.99, 203.0.113.66')).code).toBe('locked');
  });

  it('for a challenge look alike whether or not there is such a name', async () => {
    await register(server, 'ann');
    const [known, unknown] = [
      await server.send('POST', '/challenges', { name: 'ann' }),
      await server.send('POST', '/challenges', { name: 'bo' }),
    ];
    expect(unknown.status).toBe(known.status);
    expect(Object.keys(unknown.json)).toEqual(Object.keys(known.json));
    expect((unknown.json.challenge as string).length).toBe((known.json.challenge as string).length);
  });

  it('for what is not there say so in the same shape', async () => {
    expect((await server.send('GET', '/nothing')).json).toEqual({ error: { code: 'not-found', message: 'There is nothing here.' } });
  });
});
