import { afterEach, expect, it } from 'vitest';
import './register.js';

afterEach(() => document.body.replaceChildren());

it.each(['<visavis-capture></visavis-capture>', '<visavis-capture mode="enroll" models-url="/m/" auto-submit required></visavis-capture>'])(
  'leaves the attributes that a server wrote as they are, so that frameworks find what they expect: %s',
  async (markup) => {
    document.body.innerHTML = markup;
    const element = document.querySelector('visavis-capture')!;
    await customElements.whenDefined('visavis-capture');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(element.shadowRoot?.childElementCount).toBeGreaterThan(0);
    expect(document.body.innerHTML.replaceAll('=""', '')).toBe(markup);
  },
);
