import { CaptureElement } from './CaptureElement.js';
import type { VisavisCaptureElement } from './VisavisCaptureElement.js';

// Not on a server, where there are no elements. Two copies on one page: the first one stays.
if (typeof customElements === 'object' && !customElements.get('visavis-capture')) customElements.define('visavis-capture', CaptureElement);

declare global {
  interface HTMLElementTagNameMap {
    'visavis-capture': VisavisCaptureElement;
  }
}
