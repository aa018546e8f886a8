import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegistrationResponseJSON } from '@simplewebauthn/browser';
import type { DevicePublicJwk } from '../../src/index.js';
import type { ServerRefusal } from './AccountApi.js';

vi.stubGlobal('document', { baseURI: 'https://visavis.example/' });
const { accountApi } = await import('./AccountApi.js');

const fetch = vi.fn<(url: URL, request: RequestInit) => Promise<Response>>();
beforeEach(() => vi.stubGlobal('fetch', fetch));
afterEach(() => {
  fetch.mockReset();
  vi.useRealTimers();
});

const answers = (body: string, status = 200) => fetch.mockResolvedValue(new Response(body, { status }));
const untilEnded = ({ signal }: RequestInit) =>
  new Promise<never>((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error)));

describe('whether there is a server', () => {
  it('takes what it says', async () => {
    answers(JSON.stringify({ server: 'visavis-demo', demandLiveness: false, maxFmr: 1e-3 }));
    expect(await accountApi.terms()).toMatchObject({ maxFmr: 1e-3 });
    answers(JSON.stringify({ server: 'another' }));
    expect(await accountApi.terms()).toBeNull();
  });

  it.each([
    ['not found', 404],
    ['{"error":"not found"}', 404],
    ['<!doctype html><title>Start page</title>', 200],
    ['<Error><Code>AccessDenied</Code></Error>', 403],
  ])('finds none where a host of plain files answers %j with %i', async (body, status) => {
    answers(body, status);
    expect(await accountApi.terms()).toBeNull();
  });

  it.each([
    ['<h1>Bad Gateway</h1>', 502, 'unreachable'],
    ['Too many requests', 429, 'unreachable'],
    [JSON.stringify({ error: { code: 'rate-limited', message: 'Wait.' } }), 429, 'rate-limited'],
  ])('does not know where it is told %j with %i', async (body, status, code) => {
    answers(body, status);
    await expect(accountApi.terms()).rejects.toMatchObject({ code });
  });

  it('does not know where nothing answers', async () => {
    fetch.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(accountApi.terms()).rejects.toMatchObject({ code: 'unreachable' });
  });
});

async function expectPatience(call: Promise<unknown>, seconds: number) {
  let ended = '';
  void call.catch((error: unknown) => (ended = (error as ServerRefusal).code));
  await vi.advanceTimersByTimeAsync(1000 * seconds - 100);
  expect(ended).toBe('');
  await vi.advanceTimersByTimeAsync(200);
  expect(ended).toBe('unreachable');
}

it.each(['its headers', 'the rest'])('waits ten seconds for %s, and no longer', async (missing) => {
  vi.useFakeTimers();
  fetch.mockImplementation((_, request) => {
    const late = untilEnded(request);
    return missing === 'the rest' ? Promise.resolve({ ok: true, status: 200, text: () => late } as unknown as Response) : late;
  });
  await expectPatience(accountApi.session(), 10);
});

it('waits a minute for what creates something: it may be there although its answer was not', async () => {
  vi.useFakeTimers();
  fetch.mockImplementation((_, request) => untilEnded(request));
  await expectPatience(accountApi.create('Ann', {} as DevicePublicJwk, 'proof'), 60);
  await expectPatience(accountApi.logIn({ name: 'Ann', assertion: 'signed' }), 60);
  await expectPatience(accountApi.addPasskey({} as RegistrationResponseJSON), 60);
});
