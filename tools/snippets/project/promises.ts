// What the declarations promise beyond the snippets. Compiled with them; a line that is expected to fail and does not is an error too.
import {
  createFaceVerifier,
  Gallery,
  openVault,
  VisavisError,
  type Attempts,
  type Camera,
  type DeviceKey,
  type FaceVerifier,
  type LivenessSession,
  type Template,
  type Vault,
} from 'visavis';
import * as visavis from 'visavis';
import { toCalibration } from 'visavis/evaluation';
import { engineMemory } from 'visavis/testing';

// Nobody constructs what has a function that makes it; the classes that remain are constructed by callers.
// @ts-expect-error made by openVault
new visavis.Vault();
// @ts-expect-error made by createFaceVerifier
new visavis.FaceVerifier();
// @ts-expect-error made by openCamera
new visavis.Camera();
// @ts-expect-error made by createLivenessSession
new visavis.LivenessSession();
// @ts-expect-error made by openAttempts
new visavis.Attempts();
// @ts-expect-error made by createDeviceKey
new visavis.DeviceKey();
new Gallery([]);
new VisavisError('no-face', 'There is nobody.');

// A test's stand-in is as good as the real one.
export const standIn = (verifier: FaceVerifier): FaceVerifier => ({ ...verifier, dispose: () => undefined });
// What one entry makes, another takes.
export const memory = async () => engineMemory(await createFaceVerifier());
export const calibrated = (...own: Parameters<typeof toCalibration>) => createFaceVerifier({ operatingPoints: toCalibration(...own) });

export async function templateOf(vault: Vault): Promise<Template> {
  const template = await vault.get('me');
  // @ts-expect-error there may be none
  template.captures.toFixed();
  if (!template) throw new Error('nobody is enrolled');
  return template;
}

export function listen(camera: Camera, target: EventTarget = camera): void {
  camera.addEventListener('lost', ({ detail }) => console.log(detail.code, target));
  camera.addEventListener('stopped', { handleEvent: (event) => console.log(event.type) }, { once: true });
  // @ts-expect-error no such event
  camera.addEventListener('closed', () => undefined);
  // @ts-expect-error this one has no detail
  camera.addEventListener('stopped', ({ detail }) => console.log(detail));
}

export type Handles = [Attempts, DeviceKey, LivenessSession, Awaited<ReturnType<typeof openVault>>];
