// For apps of Solid: what JSX has to know of the tag. This file's declarations are published as they are.
import type { JSX as Solid } from 'solid-js/jsx-runtime';
import type { CaptureAttributes, CaptureObjects, VisavisCaptureElement, VisavisCaptureEventMap } from '../element.js';

export * from '../element.js';

type Listeners = { [Name in keyof VisavisCaptureEventMap as `on:${Name}`]?: (event: VisavisCaptureEventMap[Name]) => void };

declare module 'solid-js/jsx-runtime' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where Solid looks for tags
  namespace JSX {
    interface IntrinsicElements {
      'visavis-capture': Solid.HTMLAttributes<VisavisCaptureElement> & CaptureAttributes & CaptureObjects & Listeners;
    }
  }
}
