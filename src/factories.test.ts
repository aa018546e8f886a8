import { describe, expect, it } from 'vitest';
import { Camera } from './client/camera/Camera.js';
import { FaceCapture } from './client/live/FaceCapture.js';
import { FaceVerifier } from './client/FaceVerifier.js';
import { LivenessSession } from './client/live/LivenessSession.js';
import { FACTORY } from './shared/factoryOnly.js';
import { Attempts } from './vault/attempts/Attempts.js';
import { DeviceKey } from './vault/deviceKey/DeviceKey.js';
import { Vault } from './vault/Vault.js';

type Constructor = new (...args: never[]) => object;

const CLASSES: [name: string, factory: string, made: Constructor][] = [
  ['FaceVerifier', 'createFaceVerifier', FaceVerifier],
  ['FaceCapture', 'createCapture', FaceCapture],
  ['LivenessSession', 'createLivenessSession', LivenessSession],
  ['Camera', 'openCamera', Camera],
  ['Vault', 'openVault', Vault],
  ['DeviceKey', 'createDeviceKey', DeviceKey],
  ['Attempts', 'openAttempts', Attempts],
];
const parts: never[] = Array.from({ length: 5 }, () => new Proxy(() => undefined, {}) as never);

describe('what only a factory makes', () => {
  it.each(CLASSES)('%s says so to whoever constructs one', (name, factory, made) => {
    class Heir extends made {}
    const tries = [
      () => new made(),
      () => new made(...parts),
      () => new made(Symbol(FACTORY.description) as never, ...parts),
      () => Reflect.construct(made, [Symbol.for(FACTORY.description!), ...parts]) as object,
      () => new Heir(...parts),
    ];
    for (const construct of tries) {
      expect(construct).toThrow(new TypeError(`expected a ${name} made by ${factory}, got new ${name}(…): call ${factory} instead`));
    }
  });

  it('no liveness session is without challenges', () => {
    expect(() => new LivenessSession(FACTORY, {} as never, [], {} as never)).toThrow(RangeError);
  });

  it('no entry gives the key away', async () => {
    const entries = await Promise.all([import('./index.js'), import('./inline.js'), import('./testing.js'), import('./evaluation.js')]);
    for (const entry of entries) expect(Object.values(entry)).not.toContain(FACTORY);
  });
});
