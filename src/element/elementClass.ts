import { CaptureElement } from './CaptureElement.js';
import type { VisavisCaptureElement } from './VisavisCaptureElement.js';

export type { VisavisCaptureElement } from './VisavisCaptureElement.js';
/** The class of the element, for a tag of your own: its types leave out what it is built with. */
export const VisavisCapture: { new (): VisavisCaptureElement; readonly formAssociated: boolean; readonly observedAttributes: string[] } =
  CaptureElement;
export type { CaptureAttributes, CaptureListeners, CaptureObjects } from './CaptureAttributes.js';
export type { ConsentDetail, DoneDetail, ErrorDetail, PhaseDetail, VisavisCaptureEventMap } from './CaptureEvents.js';
export type { Messages } from './words/Words.js';
export type { ErrorWord, HelpPlace, WordKey } from './words/WordKey.js';
export type { OwnVerifier } from './OwnVerifier.js';
export type { VerifierSource } from '../client/VerifierSource.js';
export type { TemplateStore } from './TemplateStore.js';
