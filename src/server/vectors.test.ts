import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isBoundTo } from '../shared/challenge/isBoundTo.js';
import { REFUSALS, type Refusal } from './Refusal.js';
import { verifyAssertion, type ExpectedAssertion } from './verifyAssertion.js';
import { verifyRegistration } from './verifyRegistration.js';

interface Vector {
  readonly name: string;
  readonly code: string | null;
  readonly body: Record<string, unknown>;
  readonly expected: Partial<ExpectedAssertion>;
}
interface Vectors {
  readonly common: ExpectedAssertion;
  readonly challenges: { readonly challenge: string; readonly transaction: string | null }[];
  readonly registrations: Vector[];
  readonly assertions: Vector[];
}

const { common, challenges, registrations, assertions } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../docs/vectors/server.json'), 'utf8'),
) as Vectors;

const codeOf = (task: Promise<unknown>) =>
  task.then(
    () => null,
    (error: unknown) => (error as Refusal).code,
  );

it.each(assertions)('assertion $name: $code', async ({ code, body, expected }) => {
  expect(await codeOf(verifyAssertion(body, { ...common, ...expected }))).toBe(code);
});

it.each(registrations)('registration $name: $code', async ({ code, body }) => {
  expect(await codeOf(verifyRegistration(body, common))).toBe(code);
});

it('challenges are bound to their transactions alone', async () => {
  for (const { challenge, transaction } of challenges) {
    expect(await isBoundTo(challenge, transaction ?? undefined)).toBe(true);
    expect(await isBoundTo(challenge, transaction === null ? 'something' : undefined)).toBe(false);
  }
});

it('tell every code that the pure functions have', () => {
  const ofStoresAndRoutes = ['challenge-unknown', 'key-unknown', 'key-taken', 'cross-site', 'passkey-refused', 'locked'];
  const told = new Set([...registrations, ...assertions].map(({ code }) => code));
  expect(Object.keys(REFUSALS).filter((code) => !told.has(code))).toEqual(ofStoresAndRoutes);
});
