import { css } from 'lit';

/** The one thing to do, on the picture's upper edge: there the camera is, and below the mouth would be covered. */
export const instruction = css`
  .instruction {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.75rem;
    /* Always as wide, so that nothing jumps from one to the next. */
    width: min(100%, 26rem);
    padding-block: 0.625rem 0.75rem;
    padding-inline: 0.75rem 1rem;
    border-radius: 1rem;
    background: var(--_glass);
    color: var(--_on-glass);
    overflow: hidden;
  }

  .instruction .icon {
    width: 2rem;
    height: 2rem;
    color: var(--_ring-good);
  }

  .instruction[data-hint='yes'] .icon {
    color: var(--_ring-wait);
  }

  .tell {
    flex: 1;
    min-width: 0;
    font-size: 1.125rem;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }

  .words {
    display: block;
  }

  .tell small {
    display: block;
    color: var(--_on-glass-muted);
    font-size: 0.8125rem;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }

  .seconds {
    min-width: 1.5em;
    color: var(--_on-glass-muted);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .left {
    position: absolute;
    inset: auto 0 0;
    height: 3px;
    background: var(--_ring-wait);
    transform-origin: left;
    transition: transform 0.5s linear;
  }

  [dir='rtl'] .left {
    transform-origin: right;
  }
`;
