import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { expect, it, vi } from 'vitest';
import { memoryStore } from '../../src/server.js';
import { openDatabase } from './openDatabase.js';
import { Passkeys } from './Passkeys.js';
import { MAX_PASSKEYS } from './ServerOptions.js';

/** What is in an answer is the library's affair. */
vi.mock('@simplewebauthn/server', async (original) => ({
  ...(await original<typeof import('@simplewebauthn/server')>()),
  verifyRegistrationResponse: ({ response: { id } }: { response: { id: string } }) =>
    Promise.resolve({ registrationInfo: { credential: { id, publicKey: new Uint8Array(1), counter: 0 } } }),
}));

const ORIGIN = 'https://visavis.example';
const ANN = { id: 'ann', name: 'Ann' };
const answer = (id: string) => ({ id }) as RegistrationResponseJSON;

it('takes no more passkeys than an account may have, however many invitations were open at once', async () => {
  const db = openDatabase();
  db.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?, ?)').run(ANN.id, ANN.name, ANN.id, '', 0);
  const passkeys = new Passkeys(db, memoryStore(), () => 0);
  for (let n = 0; n < MAX_PASSKEYS; n++) await passkeys.invite(ANN, ORIGIN);
  for (let n = 0; n < MAX_PASSKEYS; n++) await passkeys.add(ANN, answer(`${n}`), ORIGIN);
  await expect(passkeys.add(ANN, answer('one more'), ORIGIN)).rejects.toMatchObject({ code: 'too-many-passkeys' });
  expect(passkeys.count(ANN.id)).toBe(MAX_PASSKEYS);
  await expect(passkeys.invite(ANN, ORIGIN)).rejects.toMatchObject({ code: 'too-many-passkeys' });
  db.close();
});
