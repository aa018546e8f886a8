// For apps of React: what JSX has to know of the tag. This file's declarations are published as they are.
import type * as React from 'react';
import type { CaptureAttributes, CaptureListeners, CaptureObjects, VisavisCaptureElement } from '../element.js';

export * from '../element.js';

/** React 18 makes an attribute of everything, and knows no events of custom elements: objects and listeners would be lost without a word. */
type Before19 = { liveness?: boolean } & { [Name in keyof CaptureObjects | keyof CaptureListeners]?: never };
type ByVersion = 'use' extends keyof typeof React ? CaptureObjects & CaptureListeners : Before19;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where React looks for tags
  namespace JSX {
    interface IntrinsicElements {
      'visavis-capture': React.DetailedHTMLProps<React.HTMLAttributes<VisavisCaptureElement>, VisavisCaptureElement> &
        CaptureAttributes & { class?: string } & ByVersion;
    }
  }
}
