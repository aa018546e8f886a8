import type { PropertyDeclaration, PropertyDeclarations } from 'lit';

/** The text of an attribute as it is: the property reads it. */
const NUMBER: PropertyDeclaration = { type: Number, converter: (text) => text };
/** Vue and Svelte write what is false into the tag, where its name is not the property's. */
const UNLESS_FALSE = (text: string | null) => text !== null && text !== 'false';

/** The properties of `VisavisCaptureElement`, and their attributes. */
export const CAPTURE_PROPERTIES = {
  // The default is not written into the tag, where a framework would miss it in what its server rendered.
  mode: { reflect: true, useDefault: true },
  modelsUrl: { attribute: 'models-url' },
  model: {},
  workerUrl: { attribute: 'worker-url' },
  fmr: NUMBER,
  liveness: { type: Boolean },
  light: { type: Boolean },
  getReady: { ...NUMBER, attribute: 'get-ready' },
  templateId: { attribute: 'template-id' },
  retention: NUMBER,
  consent: {},
  challenge: {},
  transaction: {},
  subject: {},
  deviceKey: { attribute: 'device-key' },
  name: { reflect: true },
  required: { type: Boolean, reflect: true },
  autoSubmit: { type: Boolean, attribute: 'auto-submit', converter: UNLESS_FALSE },
  fullscreen: {},
  theme: { reflect: true },
  cues: {},
  wordsUrl: { attribute: 'words-url' },
  words: { attribute: false },
  template: { attribute: false },
  vault: { attribute: false },
  verifier: { attribute: false },
  renewFrom: { attribute: false },
  camera: { attribute: false },
} satisfies PropertyDeclarations;

/** Those that are nothing at first: `false` or null. */
export const UNSET_PROPERTIES: readonly string[] = Object.keys(CAPTURE_PROPERTIES).filter((name) => name !== 'mode');

/**
 * Frameworks set what has no value yet to undefined, and numbers as the text of the tag. Lit builds its accessors around these; not where a default is to
 * be kept out of the tag (`mode`, which each update checks).
 */
export function defineAccessors(prototype: object): void {
  for (const name of UNSET_PROPERTIES) {
    const { type } = (CAPTURE_PROPERTIES as PropertyDeclarations)[name]!;
    const unset = type === Boolean ? false : null;
    const values = new WeakMap<object, unknown>();
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: object) {
        return values.get(this);
      },
      set(this: object, value: unknown) {
        values.set(this, type === Number ? numberOf(value) : value === undefined ? unset : value);
      },
    });
  }
}

/** A property's number: of a text what it says, null for none. */
function numberOf(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  return value.trim() === '' ? null : Number(value);
}
