import type { VisavisCaptureEventMap } from './CaptureEvents.js';
import type { VisavisCaptureElement } from './VisavisCaptureElement.js';

/** The attributes of `<visavis-capture>` as markup names them, with the types of their properties. */
export interface CaptureAttributes extends Partial<
  Pick<
    VisavisCaptureElement,
    | ('mode' | 'model' | 'fmr' | 'liveness' | 'light' | 'retention' | 'consent' | 'challenge' | 'transaction' | 'subject')
    | ('name' | 'required' | 'disabled' | 'fullscreen' | 'theme' | 'cues')
  >
> {
  /** The folder where the models are served; default `/models/`. */
  'models-url'?: string | null;
  /** The worker's file, where a page names it itself (see `createFaceVerifier`). */
  'worker-url'?: string | null;
  /** How long people see themselves before anything counts, milliseconds; default 3000 for enrollments and liveness, else 0. */
  'get-ready'?: number | null;
  /** Where in the vault the template lies: `enroll` writes it there, `verify` reads it. */
  'template-id'?: string | null;
  /** The name of this browser's key; default `default`. An enrollment that is kept under `templateId` deletes it, and with a challenge makes a new one. */
  'device-key'?: string | null;
  /** Whether the form is sent as soon as the capture has passed. */
  'auto-submit'?: boolean;
  /** A folder with texts of your own, such as `de.json`. */
  'words-url'?: string | null;
}

/**
 * What hands objects to `<visavis-capture>`: properties without an attribute, for frameworks that set properties. React sets none on a tag that it
 * finds in a server's HTML, nor attaches listeners to it: do both by `ref` there.
 */
export type CaptureObjects = Partial<Pick<VisavisCaptureElement, 'words' | 'template' | 'vault' | 'verifier' | 'renewFrom' | 'camera'>>;

/** Listeners as React 19, Preact and Svelte 5 name them in markup: `onvisavis-done`. */
export type CaptureListeners = { [Name in keyof VisavisCaptureEventMap as `on${Name}`]?: (event: VisavisCaptureEventMap[Name]) => void };
