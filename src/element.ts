import './element/register.js';
export { VisavisCapture } from './element/elementClass.js';
export type { VisavisCaptureElement } from './element/VisavisCaptureElement.js';
export type { CaptureAttributes, CaptureListeners, CaptureObjects } from './element/CaptureAttributes.js';
export type { ConsentDetail, DoneDetail, ErrorDetail, PhaseDetail, VisavisCaptureEventMap } from './element/CaptureEvents.js';
export type { Messages } from './element/words/Words.js';
export type { ErrorWord, HelpPlace, WordKey } from './element/words/WordKey.js';
export type { OwnVerifier } from './element/OwnVerifier.js';
export type { TemplateStore } from './element/TemplateStore.js';
