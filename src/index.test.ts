import { describe, expect, it } from 'vitest';

const keys = () => Reflect.ownKeys(globalThis);

describe('visavis, imported in Node', () => {
  it('does nothing until it is called', async () => {
    const before = keys();
    const library = await import('./index.js');
    expect(keys()).toEqual(before);
    expect(library.VERSION).toMatch(/^\d/);
  });

  it.each<[string, string, RegExp]>([
    ['createFaceVerifier', 'backend-unavailable', /createFaceVerifier runs in a page/],
    ['openCamera', 'camera-missing', /openCamera runs in a page/],
    ['openVault', 'vault-unavailable', /./],
    ['createDeviceKey', 'vault-unavailable', /./],
    ['openDeviceKey', 'vault-unavailable', /./],
    ['eraseVault', 'vault-unavailable', /window has no database/],
    ['eraseDeviceKey', 'vault-unavailable', /window has no database/],
  ])('%s says where it runs', async (name, code, message) => {
    const library = (await import('./index.js')) as unknown as Record<string, () => Promise<unknown>>;
    await expect(library[name]()).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});
