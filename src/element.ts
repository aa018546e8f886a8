import './element/register.js';
export { VisavisCapture } from './element/VisavisCapture.js';
export type { ConsentDetail, DoneDetail, ErrorDetail, PhaseDetail, VisavisCaptureEventMap } from './element/CaptureEvents.js';
