import type { Camera } from '../client/Camera.js';
import type { CameraOptions } from '../client/openCamera.js';
import type { FaceVerifier } from '../client/FaceVerifier.js';
import type { CaptureMode } from '../shared/capture.js';
import type { LivenessOptions } from '../shared/liveness.js';
import type { Template } from '../shared/Template.js';
import type { Vault } from '../vault/Vault.js';
import type { FlowSettings } from './FlowSettings.js';
import type { Signing } from './signedValue.js';

/** Time to sit up and look, where more than one look is asked for; milliseconds. */
const GET_READY = 3000;

/** The properties of the element that a try depends on. */
export interface CaptureProperties {
  readonly mode: CaptureMode;
  readonly modelsUrl: string | null;
  readonly model: string | null;
  readonly fmr: number | null;
  readonly liveness: boolean | LivenessOptions;
  readonly getReady: number | null;
  readonly templateId: string | null;
  readonly retention: number | null;
  readonly challenge: string | null;
  readonly subject: string | null;
  readonly deviceKey: string | null;
  readonly template: Template | null;
  readonly vault: Vault | null;
  readonly verifier: FaceVerifier | null;
}

/** What an element is set to. Throws a TypeError for a challenge without anybody to sign it for. */
export function settingsOf(element: CaptureProperties, camera: Camera | CameraOptions): FlowSettings {
  const { mode, fmr, liveness, getReady, verifier, modelsUrl, model, template, templateId, vault, retention } = element;
  return {
    ...{ mode, fmr, liveness, camera, retention, verifier, template, templateId, vault },
    getReady: getReady ?? (mode === 'enroll' || liveness ? GET_READY : 0),
    engine: { modelsUrl, model },
    signing: signingOf(element),
  };
}

function signingOf({ challenge, subject, templateId, deviceKey }: CaptureProperties): Signing | null {
  if (!challenge) return null;
  const whom = subject ?? templateId;
  if (!whom) throw new TypeError('expected a subject or a template-id with the challenge: whom it is signed for, got neither');
  return { challenge, subject: whom, key: deviceKey ?? 'default' };
}
