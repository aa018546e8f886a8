import type { Camera } from '../client/camera/Camera.js';
import type { CameraOptions } from '../client/camera/openCamera.js';
import type { CaptureMode, CapturePhase } from '../shared/capture.js';
import type { VerifierSource } from '../client/VerifierSource.js';
import type { LivenessOptions } from '../shared/liveness.js';
import type { Template } from '../shared/Template.js';
import type { VisavisCaptureEventMap } from './CaptureEvents.js';
import type { OwnVerifier } from './OwnVerifier.js';
import type { TemplateStore } from './TemplateStore.js';
import type { Messages } from './words/Words.js';

/**
 * `<visavis-capture>`: enrolls, verifies or checks a person in front of the camera, and shows them all that they need for it. Each property
 * is also an attribute, in kebab case (`models-url`), but those that hold objects: `words`, `template`, `vault`, `verifier`, `renewFrom`,
 * `camera`. A change counts from the next start on.
 */
export interface VisavisCaptureElement extends HTMLElement {
  /** `enroll` makes a template, `verify` compares with one, `check` sees whether one good face is there. Default `verify`. */
  mode: CaptureMode;
  /** The folder where the models are served; default `/models/`. */
  modelsUrl: string | null;
  /** The model's id; default that of `createFaceVerifier`. */
  model: string | null;
  /** The worker's file, where a page names it itself (see `createFaceVerifier`). */
  workerUrl: string | null;
  /** The false match rate to decide at; default that of `verifyLive`. */
  fmr: number | null;
  /** Whether a liveness session comes first; as a property also its options. */
  liveness: boolean | LivenessOptions;
  /** Whether a liveness session may also light the face with the screen: the person is warned, and asked, at each start. */
  light: boolean;
  /** How long people see themselves before anything counts, milliseconds; default 3000 for enrollments and liveness, else 0. */
  getReady: number | null;
  /** Where in the vault the template lies: `enroll` writes it there, `verify` reads it. */
  templateId: string | null;
  /** Days after which a stored template is used no more, and erased when the element is next shown; default never. */
  retention: number | null;
  /** `ask` (default): an enrollment asks for it. `given`: the page has done so. */
  consent: 'ask' | 'given' | null;
  /** The server's challenge, base64url: what is signed for it becomes the value. */
  challenge: string | null;
  /** What the challenge was made for, such as a payment: shown from the start on. A challenge that is bound to another text is refused. */
  transaction: string | null;
  /** What the server calls the account; default `templateId`. */
  subject: string | null;
  /** The name of this browser's key; default `default`. An enrollment that is kept under `templateId` deletes it, and with a challenge makes a new one. */
  deviceKey: string | null;
  /** The name of the value in a form. */
  name: string | null;
  /** Whether the form is invalid before the capture has passed. */
  required: boolean;
  /** Whether the form is sent as soon as the capture has passed. */
  autoSubmit: boolean;
  /** `auto` (default): a running capture fills small screens. `never`: it stays where it is. */
  fullscreen: 'auto' | 'never' | null;
  /** `light` or `dark`; default the system's. */
  theme: 'light' | 'dark' | null;
  /** Any of `speech`, `sound` and `vibration`, with spaces between; default none. */
  cues: string | null;
  /** A folder with texts of your own, such as `de.json`. */
  wordsUrl: string | null;
  /** Texts of your own by key, in place of those of the language. */
  words: Messages | null;
  /** Whom to verify, in place of `templateId`. */
  template: Template | null;
  /** An open vault, or another place for templates, instead of this origin's `default` vault. */
  vault: TemplateStore | null;
  /** A verifier of your own, which stays yours, or a function that gives one at each start. */
  verifier: OwnVerifier | null;
  /**
   * The model that made templates before this one: options to load it with when such a template is to be verified, a verifier, or a function that
   * gives one. A match then renews the template.
   */
  renewFrom: VerifierSource | null;
  /** How to open the camera; or one that is open, which stays yours. */
  camera: CameraOptions | Camera | null;
  disabled: boolean;

  /** Where the capture is; also an attribute, for style sheets. */
  readonly phase: CapturePhase;
  /** What went wrong, for whoever develops the page; null where nothing did. */
  readonly error: Error | null;
  /** What the form sends: what was signed for the challenge; null before, and without one. */
  readonly value: string | null;
  readonly form: HTMLFormElement | null;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  checkValidity(): boolean;
  reportValidity(): boolean;

  /** Starts as the button does. Resolves when it is over, whatever ended it; does nothing where a consent is missing. */
  start(): Promise<void>;
  /** Ends what runs, at any moment, and goes back to the start. The camera goes off at once. */
  cancel(): void;
  /** Deletes the stored template of `templateId`, which withdraws the consent. */
  erase(): Promise<void>;

  addEventListener<Type extends keyof (HTMLElementEventMap & VisavisCaptureEventMap)>(
    type: Type,
    listener: (this: VisavisCaptureElement, event: (HTMLElementEventMap & VisavisCaptureEventMap)[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Type extends keyof (HTMLElementEventMap & VisavisCaptureEventMap)>(
    type: Type,
    listener: (this: VisavisCaptureElement, event: (HTMLElementEventMap & VisavisCaptureEventMap)[Type]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}
