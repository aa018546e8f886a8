import { expect, it } from 'vitest';
import { canonicalTransaction } from '../shared/challenge/canonicalTransaction.js';
import { isBoundTo } from '../shared/challenge/isBoundTo.js';
import { createChallenge } from './createChallenge.js';

it('is random, short-lived, and of the length that the SDK signs', async () => {
  const many = await Promise.all(Array.from({ length: 100 }, () => createChallenge({ now: 1000 })));
  expect(new Set(many.map(({ challenge }) => challenge)).size).toBe(100);
  for (const { challenge, expiresAt } of many) {
    expect(challenge).toMatch(/^[\w-]{43}$/);
    expect(expiresAt).toBe(121_000);
  }
  await expect(createChallenge({ lifetime: 3_600_000 })).rejects.toThrow(
    new RangeError('expected a lifetime of up to 600000 ms, got 3600000'),
  );
  await expect(createChallenge({ lifetime: Number.NaN })).rejects.toThrow(RangeError);
});

it('is bound to a transaction, however its accents and lines are written, and to no other', async () => {
  const { challenge } = await createChallenge({ transaction: 'Pay 5 EUR\nto Café' });
  expect(challenge).toMatch(/^[\w-]{86}$/);
  expect(await isBoundTo(challenge, 'Pay 5 EUR\r\nto Cafe\u0301')).toBe(true);
  for (const other of ['Pay 5 EUR\nto Cafe', 'Pay 50 EUR\nto Café', undefined]) expect(await isBoundTo(challenge, other)).toBe(false);
  expect(await isBoundTo((await createChallenge()).challenge, 'Pay 5 EUR')).toBe(false);
});

it('takes no transaction that a person cannot see as it is', () => {
  for (const text of ['', 'x'.repeat(2001), 'pay\u202E5', 'pay\u200b5', 'pay\u00005', 'pay\r5', 'pay\u20285', 'pay \ud83d']) {
    expect(() => canonicalTransaction(text)).toThrow(RangeError);
  }
  // Fillers, the grapheme joiner, variation selectors, the empty Braille pattern: nothing to be seen of any.
  for (const unseen of ['\u3164', '\u115F', '\u1160', '\uFFA0', '\u2800', '\u034F', '\uFE00', '\uFE0F', '\u{E0100}', '\u17B4', '\u180B']) {
    expect(() => canonicalTransaction(`pay${unseen}5`)).toThrow(/that a person can see, got U\+/);
  }
  expect(() => canonicalTransaction('pay 5\uFE0F')).toThrow(RangeError);
  for (const text of ['❤\uFE0F 5 €', 'press 5\uFE0F\u20E3', 'नमस्ते', 'สวัสดี', '각', 'ⵣ', 'ᜊᜌ', 'é\u0323']) {
    expect(canonicalTransaction(text)).toBe(text.normalize('NFC'));
  }
  expect(() => canonicalTransaction('pay\u202E5')).toThrow("expected a transaction's text that a person can see, got U+202E");
  expect(() => canonicalTransaction(5 as never)).toThrow(TypeError);
});
