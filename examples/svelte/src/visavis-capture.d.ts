// What markup has to know of the element. Svelte sets what is a property of it as a property, and `on…` as a listener of that event.
import type { HTMLAttributes } from 'svelte/elements';
import type { VisavisCaptureElement, VisavisCaptureEventMap } from 'visavis/element';

type Listeners = { [Name in keyof VisavisCaptureEventMap as `on${Name}`]?: (event: VisavisCaptureEventMap[Name]) => void };

interface Attributes extends HTMLAttributes<VisavisCaptureElement>, Listeners {
  mode?: 'enroll' | 'verify' | 'check';
  'models-url'?: string;
  'template-id'?: string;
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'visavis-capture': Attributes;
  }
}
