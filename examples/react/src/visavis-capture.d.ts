// What JSX has to know of the element. React 19 hands attributes over as attributes, and `on…` as a listener of the event of that name.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { VisavisCaptureElement, VisavisCaptureEventMap } from 'visavis/element';

type CaptureListeners = { [Name in keyof VisavisCaptureEventMap as `on${Name}`]?: (event: VisavisCaptureEventMap[Name]) => void };

interface CaptureAttributes {
  mode?: 'enroll' | 'verify' | 'check';
  'models-url'?: string;
  'template-id'?: string;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'visavis-capture': DetailedHTMLProps<HTMLAttributes<VisavisCaptureElement>, VisavisCaptureElement> &
        CaptureAttributes &
        CaptureListeners;
    }
  }
}
