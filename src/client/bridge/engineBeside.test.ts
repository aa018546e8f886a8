import { afterEach, expect, it, vi } from 'vitest';
import { ENGINE_BESIDE } from './engineBeside.js';

afterEach(() => vi.doUnmock('../../worker/worker.js'));

it('says what is missing where a page without workers cannot import the engine', async () => {
  vi.doMock('../../worker/worker.js', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  await expect(ENGINE_BESIDE.importHere()).rejects.toMatchObject({
    code: 'backend-unavailable',
    message: expect.stringMatching(/could not be imported.*visavis-worker\.js.*script-src/) as string,
    cause: expect.any(Error) as Error,
  });
});
