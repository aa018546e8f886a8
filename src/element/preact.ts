// For apps of Preact: what JSX has to know of the tag. This file's declarations are published as they are.
import type { HTMLAttributes } from 'preact';
import type { CaptureAttributes, CaptureListeners, CaptureObjects, VisavisCaptureElement } from '../element.js';

export * from '../element.js';

type Given = Omit<CaptureAttributes, 'auto-submit'> & CaptureObjects & Pick<VisavisCaptureElement, 'autoSubmit'>;

/** Preact makes an empty text of null, and of `auto-submit={false}` an attribute, which is true: it takes neither. */
type PreactProps = { [Name in keyof Given]?: NonNullable<Given[Name]> } & CaptureListeners;

declare module 'preact' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where Preact looks for tags
  namespace JSX {
    interface IntrinsicElements {
      'visavis-capture': HTMLAttributes<VisavisCaptureElement> & PreactProps;
    }
  }
}
