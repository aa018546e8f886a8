import { css } from 'lit';

const DARK = css`
  --_ground: var(--visavis-surface, #131e1e);
  --_ink: var(--visavis-ink, #e7efed);
  --_muted: var(--visavis-muted, #a5b7b4);
  --_line: var(--visavis-line, #263635);
  --_control: var(--visavis-control, #6d827f);
  --_accent: var(--visavis-accent, #7fe0c6);
  --_accent-strong: var(--visavis-accent-strong, #a4ecd8);
  --_on-accent: var(--visavis-on-accent, #05231d);
  --_good: var(--visavis-good, #7ee7b8);
  --_wait: var(--visavis-wait, #ffc861);
  --_wait-soft: #35290f;
  --_bad: var(--visavis-bad, #ffa296);
`;

/**
 * Colors and sizes: the page's custom properties, or ours. Those of our own begin with `--_`: a page may set `--visavis-accent: var(--accent)`, which
 * would otherwise be a circle. What lies on the picture has its own, the same in light and dark. */
export const tokens = css`
  :host {
    --_ground: var(--visavis-surface, #ffffff);
    --_ink: var(--visavis-ink, #11201e);
    --_muted: var(--visavis-muted, #495b58);
    --_line: var(--visavis-line, #d3dddb);
    --_control: var(--visavis-control, #7b8d8a);
    --_accent: var(--visavis-accent, #0a5f54);
    --_accent-strong: var(--visavis-accent-strong, #074a41);
    --_on-accent: var(--visavis-on-accent, #ffffff);
    --_good: var(--visavis-good, #0b6a45);
    --_wait: var(--visavis-wait, #855000);
    --_wait-soft: #fdf0d9;
    --_bad: var(--visavis-bad, #a32a20);
    --_radius: var(--visavis-radius, 20px);
    --_glass: rgb(6 20 19 / 82%);
    --_on-glass: #f2f8f6;
    --_on-glass-muted: #c4d8d4;
    --_ring-good: #7ee7b8;
    --_ring-wait: #ffc861;
    --_ring-bad: #ff9d90;
    display: block;
    max-width: 30rem;
    color: var(--_ink);
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
