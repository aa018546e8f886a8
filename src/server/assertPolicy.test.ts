import { describe, expect, it } from 'vitest';
import { testDevice, TEST_MODEL } from './fixtures/testDevice.js';
import { createLogin } from './login/createLogin.js';
import type { LoginOptions } from './login/LoginOptions.js';
import { memoryStore } from './stores/memoryStore.js';
import { sqliteStore } from './stores/sqliteStore.js';
import { verifyAssertion } from './verifyAssertion.js';
import { verifyRegistration } from './verifyRegistration.js';

const ORIGIN = 'https://example.com';
const NOW = 1_800_000_000_000;
const device = await testDevice(ORIGIN, () => NOW);
const LIMITS = { perSource: 3, perSubject: 7, lockTime: 60_000 };

const login = (change: Partial<LoginOptions<null>>) =>
  createLogin<null>({
    ...{ store: memoryStore(), models: [TEST_MODEL], origin: ORIGIN, source: () => 'here', subjectOf: () => 'account-1' },
    ...{ register: () => ({}), loggedIn: () => ({}), now: () => NOW, ...change },
  });

describe('numbers by which nothing would be refused', () => {
  it.each([
    ['maxFmr', [Number.NaN, 0, -1, 2, Infinity]],
    ['counter', [Number.NaN, -1, 0.5, Infinity]],
    ['now', [Number.NaN, Infinity]],
  ] as const)('%s is refused where it is none', async (name, wrong) => {
    const right = { ...device, subject: 'account-1', origin: ORIGIN, models: [TEST_MODEL], now: NOW };
    const body = { assertion: await device.assert('A'.repeat(43), 'account-1') };
    await expect(verifyAssertion(body, right)).resolves.toMatchObject({ subject: 'account-1' });
    for (const value of wrong) await expect(verifyAssertion(body, { ...right, [name]: value })).rejects.toThrow(RangeError);
  });

  it('are refused when a login is made', () => {
    expect(() => login({ limits: LIMITS, maxFmr: 1e-4 })).not.toThrow();
    expect(() => login({ maxFmr: Number.NaN })).toThrow('expected maxFmr');
    // As far as PostgreSQL counts.
    for (const name of ['perSource', 'perSubject'] as const) {
      expect(() => login({ limits: { ...LIMITS, [name]: 2 ** 31 - 1 } })).not.toThrow();
      expect(() => login({ limits: { ...LIMITS, [name]: 2 ** 31 } })).toThrow(RangeError);
    }
    for (const name of ['perSource', 'perSubject', 'lockTime'] as const) {
      for (const value of [Number.NaN, 0, 1.5, Infinity, Number.MAX_SAFE_INTEGER, undefined as unknown as number]) {
        expect(() => login({ limits: { ...LIMITS, [name]: value } })).toThrow(`expected limits.${name}, a whole number, 1 or more`);
      }
    }
  });
});

it.each(['a\0b', 'a\nb', 'a\ud800', '\u0085', ''])('the name %j is a bad body, whatever the store', async (name) => {
  const { body, status } = await login({})({ step: 'challenge', origin: ORIGIN, body: { name }, context: null });
  expect([status, body]).toMatchObject([400, { error: { code: 'bad-body' } }]);
  const registration = await device.register('A'.repeat(43), name);
  await expect(verifyRegistration(registration, { origin: ORIGIN, now: NOW })).rejects.toMatchObject({ code: 'bad-body' });
});

it('a write that failed is told as it failed, where its transaction is over already', async () => {
  const run = (): never => {
    throw new Error('database or disk is full');
  };
  const exec = (sql: string) => {
    if (sql === 'ROLLBACK') throw new Error('cannot rollback - no transaction is active');
  };
  const store = sqliteStore({ exec, prepare: () => ({ run, all: () => [] }) });
  await expect(store.forgetSubject('ann')).rejects.toThrow('database or disk is full');
});
