import { describe, expect, it } from 'vitest';
import { assertNewPassphrase, assertPassphrase, copyLock, newLockKind, wipeLock, type VaultLock } from './VaultLock.js';

describe('a passphrase', () => {
  it('is counted as it is hashed, in code points', () => {
    for (const passphrase of ['12345678', '🐴🔋🧷🐴🔋🧷🐴🔋', 'ééééèèèè']) assertNewPassphrase(passphrase);
    // Four emoji are eight halves; an accent of its own is part of its letter; one ligature is hashed as many letters.
    for (const passphrase of ['1234567', '🐴🔋🧷🐴', 'e\u0301'.repeat(4), 'ﷺ']) {
      expect(() => assertNewPassphrase(passphrase)).toThrow(/expected a passphrase of at least 8 characters, got [1-7]/);
      expect(() => newLockKind({ passphrase })).toThrow(RangeError);
    }
  });

  it('that an older version took still opens', () => {
    assertPassphrase('🐴🔋🧷🐴');
    expect(() => assertPassphrase('1234567')).toThrow(RangeError);
  });
});

describe('copyLock', () => {
  it('copies the secret, and only that copy is wiped', () => {
    const lock = { secret: new Uint8Array(32).fill(7) };
    const copy = copyLock(lock) as typeof lock;
    lock.secret.fill(1);
    expect(copy.secret[0]).toBe(7);
    wipeLock(copy);
    expect([copy.secret[31], lock.secret[31]]).toEqual([0, 1]);
  });

  it('copies one whose slice is a view, as that of a Buffer is', () => {
    const lock = { secret: Buffer.alloc(32, 7) };
    wipeLock(copyLock(lock));
    expect(lock.secret[0]).toBe(7);
  });

  it('keeps every other lock as it is', () => {
    for (const lock of [{ passphrase: 'correct horse' }, { passkey: true }, { passkey: { name: 'Ann' } }] as VaultLock[]) {
      const copy = copyLock(lock);
      expect(copy).toEqual(lock);
      wipeLock(copy);
      expect(copy).toEqual(lock);
    }
  });
});
