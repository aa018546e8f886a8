import { css } from 'lit';

const DARK = css`
  --ground: var(--visavis-surface, #131e1e);
  --ink: var(--visavis-ink, #e7efed);
  --muted: var(--visavis-muted, #a5b7b4);
  --line: var(--visavis-line, #263635);
  --control: var(--visavis-control, #6d827f);
  --accent: var(--visavis-accent, #7fe0c6);
  --accent-strong: var(--visavis-accent-strong, #a4ecd8);
  --on-accent: var(--visavis-on-accent, #05231d);
  --good: var(--visavis-good, #7ee7b8);
  --wait: var(--visavis-wait, #ffc861);
  --wait-soft: #35290f;
  --bad: var(--visavis-bad, #ffa296);
`;

/** Colors and sizes: the page's custom properties, or ours. What lies on the picture has its own, the same in light and dark. */
export const tokens = css`
  :host {
    --ground: var(--visavis-surface, #ffffff);
    --ink: var(--visavis-ink, #11201e);
    --muted: var(--visavis-muted, #495b58);
    --line: var(--visavis-line, #d3dddb);
    --control: var(--visavis-control, #7b8d8a);
    --accent: var(--visavis-accent, #0a5f54);
    --accent-strong: var(--visavis-accent-strong, #074a41);
    --on-accent: var(--visavis-on-accent, #ffffff);
    --good: var(--visavis-good, #0b6a45);
    --wait: var(--visavis-wait, #855000);
    --wait-soft: #fdf0d9;
    --bad: var(--visavis-bad, #a32a20);
    --radius: var(--visavis-radius, 20px);
    --glass: rgb(6 20 19 / 82%);
    --on-glass: #f2f8f6;
    --on-glass-muted: #c4d8d4;
    --ring-good: #7ee7b8;
    --ring-wait: #ffc861;
    --ring-bad: #ff9d90;
    display: block;
    max-width: 30rem;
    color: var(--ink);
    font-family: var(--visavis-font, inherit);
    line-height: 1.5;
    color-scheme: light;
  }

  :host([hidden]) {
    display: none;
  }

  :host([theme='dark']) {
    color-scheme: dark;
    ${DARK}
  }

  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      color-scheme: dark;
      ${DARK}
    }
  }
`;
