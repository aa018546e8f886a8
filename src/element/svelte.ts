// For apps of Svelte: what markup has to know of the tag. This file's declarations are published as they are.
import type * as Svelte from 'svelte/elements';
import type { CaptureAttributes, CaptureListeners, CaptureObjects, VisavisCaptureElement } from '../element.js';

export * from '../element.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'visavis-capture': Svelte.HTMLAttributes<VisavisCaptureElement> & CaptureAttributes & CaptureObjects & CaptureListeners;
  }
}
