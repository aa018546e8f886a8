import { afterEach, expect, it, vi } from 'vitest';
import { openLock, sealLock } from './sealLock.js';

afterEach(() => vi.unstubAllGlobals());

it('wipes no secret of the caller’s, also where its slice is a view, as that of a Buffer is', async () => {
  vi.stubGlobal('location', { origin: 'https://visavis.example' });
  const deviceKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const lock = { secret: Buffer.alloc(32, 7) };
  const { envelope } = await sealLock(lock, deviceKey, 'test');
  expect(lock.secret[0]).toBe(7);
  await openLock(envelope, { lock, deviceKey, vault: 'test' });
  expect(lock.secret[0]).toBe(7);
});
