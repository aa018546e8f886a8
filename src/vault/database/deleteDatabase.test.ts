import { expect, it, vi } from 'vitest';
import { deleteDatabase } from './deleteDatabase.js';

it('blames no other tab where the browser keeps nothing', async () => {
  const message = expect.stringMatching(/^This site’s face data can’t be deleted: (?!.*tabs)/) as string;
  // None, as in Node; and one that is blocked.
  await expect(deleteDatabase('visavis-vault-x')).rejects.toMatchObject({ code: 'vault-unavailable', message });
  const blocked = vi.fn(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  vi.stubGlobal('indexedDB', { deleteDatabase: blocked });
  await expect(deleteDatabase('visavis-vault-x')).rejects.toMatchObject({ message: expect.stringMatching(/the browser blocks/) as string });
  expect(blocked).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});
