import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import express, { type Request, type Response } from 'express';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { Hono, type Context } from 'hono';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testDevice, TEST_MODEL } from '../fixtures/testDevice.js';
import { createLogin } from '../login/createLogin.js';
import type { LoginOptions } from '../login/LoginOptions.js';
import { memoryStore } from '../stores/memoryStore.js';
import { expressLogin, type ExpressExchange } from './expressLogin.js';
import { fastifyLogin, type FastifyExchange } from './fastifyLogin.js';
import { honoLogin } from './honoLogin.js';

const ORIGIN = 'https://example.com';

/** As docs/server.md has it: Express goes by `status`, Fastify by `statusCode`, Hono by `getResponse`. */
class NameTaken extends Error {
  readonly status = 409;
  readonly statusCode = 409;
  getResponse = () => Response.json({ error: { code: 'name-taken', message: this.message } }, { status: 409 });
}

/** What does not depend on the framework: whoever registers a name gets an account of that name. */
function common<C>(source: (context: C) => string, cookie: (context: C, value: string) => void): LoginOptions<C> {
  const names = new Map<string, string>();
  return {
    ...{ store: memoryStore(), models: [TEST_MODEL], origin: ORIGIN, source },
    limits: { perSource: 3, perSubject: 10, lockTime: 60_000 },
    subjectOf: (key) => names.get(key),
    async register({ name }, keep) {
      if (name === 'broken') throw new Error('the database is gone');
      if (names.has(name.toLowerCase())) throw new NameTaken('The name is taken.');
      await keep(`account of ${name}`);
      names.set(name.toLowerCase(), `account of ${name}`);
      return { subject: `account of ${name}` };
    },
    loggedIn({ subject, match }, context) {
      cookie(context, 'signed-in');
      return { subject, model: match.model };
    },
  };
}

type Opened = { port: number; close: () => unknown };
const FRAMEWORKS: Record<string, () => Promise<Opened>> = {
  async hono() {
    const app = new Hono();
    const login = createLogin<Context>(
      common(
        (c) => getConnInfo(c).remote.address ?? '',
        (c, value) => c.header('Set-Cookie', `s=${value}`),
      ),
    );
    app.post('/face/:step', honoLogin(login));
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await once(server, 'listening');
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  },
  async express() {
    const app = express();
    const login = createLogin<ExpressExchange<Request, Response>>(
      common(
        ({ request }) => request.ip ?? '',
        ({ response }, value) => response.cookie('s', value),
      ),
    );
    app.post('/face/:step', express.json(), expressLogin(login));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  },
  async fastify() {
    const app = fastify();
    const login = createLogin<FastifyExchange<FastifyRequest, FastifyReply>>(
      common(
        ({ request }) => request.ip,
        ({ reply }, value) => void reply.header('Set-Cookie', `s=${value}`),
      ),
    );
    app.post('/face/:step', fastifyLogin(login));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
  },
};

async function open(name: string) {
  const { port, close } = await FRAMEWORKS[name]();
  onTestFinished(async () => {
    await close();
  });
  return async (step: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/face/${step}`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json', connection: 'close', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown> & { error?: { code: string } };
    return { status: response.status, json, headers: response.headers, code: json.error?.code };
  };
}

describe.each(Object.keys(FRAMEWORKS))('%s', (name) => {
  it('registers a device, and lets it in once for each challenge', { timeout: 60_000 }, async () => {
    const send = await open(name);
    const device = await testDevice(ORIGIN);
    const first = await send('registration', {});
    expect([first.status, first.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const registration = await device.register(first.json.challenge as string, 'Ann');
    expect(await send('register', registration)).toMatchObject({ status: 201, json: { subject: 'account of Ann' } });
    expect(await send('register', registration)).toMatchObject({ status: 401, code: 'challenge-unknown' });

    const { challenge } = (await send('challenge', { name: 'Ann' })).json;
    const body = { name: 'Ann', assertion: await device.assert(challenge as string, 'account of Ann') };
    const accepted = await send('login', body);
    expect(accepted).toMatchObject({ status: 201, json: { subject: 'account of Ann', model: TEST_MODEL.id } });
    expect(accepted.headers.get('set-cookie')).toMatch(/^s=signed-in/);
    const again = await send('login', body);
    expect([again.status, again.code, again.headers.get('set-cookie')]).toEqual([401, 'challenge-unknown', null]);
  });

  it('refuses what other sites, forms and strangers send, each by its code', { timeout: 60_000 }, async () => {
    const send = await open(name);
    expect(await send('challenge', { name: 'ann' }, { origin: 'https://evil.example' })).toMatchObject({ status: 403, code: 'cross-site' });
    expect(await send('challenge', { name: 'ann' }, { origin: 'null' })).toMatchObject({ status: 403, code: 'cross-site' });
    expect((await send('challenge', 'name=ann', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBeGreaterThanOrEqual(
      400,
    );
    expect((await send('challenge', '{"name":')).status).toBe(400);
    expect((await send('challenge', `{"name":"${'a'.repeat(2e6)}"}`)).status).toBeGreaterThanOrEqual(400);
    for (const body of [[], null, {}, { name: 5 }, { name: '' }]) expect((await send('challenge', body)).status).toBe(400);
    for (const step of ['__proto__', 'constructor', 'nothing'])
      expect(await send(step, {})).toMatchObject({ status: 404, code: 'not-found' });
    for (let n = 0; n < 3; n++) expect(await send('login', { name: 'ann', assertion: 'a.b.c' })).toMatchObject({ status: 401 });
    const locked = await send('login', { name: 'ANN ', assertion: 'a.b.c' });
    expect([locked.status, locked.code]).toEqual([429, 'locked']);
    // A minute from the last of them, and some of it may have passed.
    expect(locked.headers.get('retry-after')).toMatch(/^([1-5]?\d|60)$/);
  });

  it('hands on what the server’s own functions throw', { timeout: 60_000 }, async () => {
    const send = await open(name);
    const device = await testDevice(ORIGIN);
    const registration = await device.register((await send('registration', {})).json.challenge as string, 'broken');
    expect((await send('register', registration)).status).toBe(500);
  });

  it('answers by the status of what the server’s own functions throw, where that has one', { timeout: 60_000 }, async () => {
    const send = await open(name);
    const register = async () => {
      const { challenge } = (await send('registration', {})).json;
      return (await send('register', await (await testDevice(ORIGIN)).register(challenge as string, 'Ann'))).status;
    };
    expect([await register(), await register()]).toEqual([201, 409]);
  });
});
