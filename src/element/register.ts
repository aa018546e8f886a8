import { VisavisCapture } from './VisavisCapture.js';

/** The tag that this file gives the class. Two copies on one page: the first one stays. */
if (!customElements.get('visavis-capture')) customElements.define('visavis-capture', VisavisCapture);

declare global {
  interface HTMLElementTagNameMap {
    'visavis-capture': VisavisCapture;
  }
}
