import type { VerifierSource } from '../client/VerifierSource.js';
import type { CaptureMode } from '../shared/capture.js';
import type { LivenessLight, LivenessOptions } from '../shared/liveness.js';
import type { Template } from '../shared/Template.js';
import type { FlowSettings } from './FlowSettings.js';
import type { OwnVerifier } from './OwnVerifier.js';
import type { Signing } from './signedValue.js';
import { isRetention } from './TemplateShelf.js';
import type { TemplateStore } from './TemplateStore.js';

/** Time to sit up and look, where more than one look is asked for; milliseconds. */
const GET_READY = 3000;

/** The properties of the element that a try depends on. */
export interface CaptureProperties {
  readonly mode: CaptureMode;
  readonly modelsUrl: string | null;
  readonly model: string | null;
  readonly workerUrl: string | null;
  readonly fmr: number | null;
  readonly liveness: boolean | LivenessOptions;
  readonly getReady: number | null;
  readonly templateId: string | null;
  readonly retention: number | null;
  readonly challenge: string | null;
  readonly transaction: string | null;
  readonly subject: string | null;
  readonly deviceKey: string | null;
  readonly template: Template | null;
  readonly vault: TemplateStore | null;
  readonly verifier: OwnVerifier | null;
  readonly renewFrom: VerifierSource | null;
}

/**
 * What an element is set to. Throws a TypeError for a challenge without anybody to sign it for, and for a retention that is no number of days.
 * @param light what the person agreed to; null for none
 */
export function settingsOf(element: CaptureProperties, light: LivenessLight | null): Omit<FlowSettings, 'camera'> {
  const { mode, fmr, getReady, verifier, modelsUrl, model, workerUrl, template, templateId, vault, retention, renewFrom } = element;
  if (retention !== null && !isRetention(retention)) throw new TypeError(`expected retention in days, 0 or more, got ${retention}`);
  const liveness = light ? { ...(typeof element.liveness === 'object' ? element.liveness : {}), light } : element.liveness;
  return {
    ...{ mode, fmr, liveness, retention, verifier, template, templateId, vault },
    getReady: getReady ?? (mode === 'enroll' || liveness ? GET_READY : 0),
    engine: { modelsUrl, model, workerUrl },
    renewFrom: beside(renewFrom, { modelsUrl, workerUrl }),
    // `createDeviceKey`'s own.
    deviceKey: element.deviceKey ?? 'default',
    signing: signingOf(element),
  };
}

/** The older model's files lie where the element's own do, unless it is told otherwise. */
function beside(
  source: VerifierSource | null,
  { modelsUrl, workerUrl }: Pick<CaptureProperties, 'modelsUrl' | 'workerUrl'>,
): VerifierSource | null {
  // What is no options stays as it is, for `createCapture` to refuse: of a promise nothing would be left that tells.
  if (typeof source !== 'object' || source === null || 'verifyLive' in source || 'then' in source) return source;
  return { ...(modelsUrl !== null && { modelsUrl }), ...(workerUrl !== null && { workerUrl }), ...source };
}

function signingOf({ challenge, transaction, subject, templateId }: CaptureProperties): Signing | null {
  if (!challenge && transaction) throw new TypeError('expected a challenge with the transaction, got none: nothing would be signed');
  if (!challenge) return null;
  const whom = subject ?? templateId;
  if (!whom) throw new TypeError('expected a subject or a template-id with the challenge: whom it is signed for, got neither');
  return { challenge, transaction, subject: whom };
}
