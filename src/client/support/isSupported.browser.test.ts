import { expect, it } from 'vitest';
import { SUPPORT_FEATURES, type Support } from '../../shared/support.js';
import { isSupported } from './isSupported.js';

it('says what this browser can do, and leaves nothing behind', async () => {
  const before = await indexedDB.databases();
  const { ok, message, features } = await isSupported();
  expect([ok, message]).toEqual([true, 'visavis can verify faces here.']);
  const values = Object.fromEntries(SUPPORT_FEATURES.map((name) => [name, features[name].value]));
  expect(values).toMatchObject({
    ...{ document: 'yes', secureContext: 'yes', webCrypto: 'yes', webAssembly: 'yes', simd: 'yes', relaxedSimd: 'yes', workers: 'yes' },
    ...{ threads: crossOriginIsolated ? 'yes' : 'not-isolated', webgl: 'software', indexedDB: 'yes' },
  });
  expect(await indexedDB.databases()).toEqual(before);
});

it('answers in a worker, where no verifier starts', async () => {
  const worker = new Worker(new URL('../fixtures/supportWorker.ts', import.meta.url), { type: 'module' });
  try {
    const support = await new Promise<Support>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data as Support);
      worker.onerror = (event) => reject(new Error(event.message));
    });
    expect(support.ok).toBe(false);
    expect(support.message).toMatch(/^This is no page/);
    expect(support.features).toMatchObject({
      document: { value: 'no' },
      simd: { ok: true },
      indexedDB: { ok: true },
      camera: { value: 'no' },
    });
  } finally {
    worker.terminate();
  }
});
