import { css } from 'lit';

/** Texts and what can be pressed. */
export const controls = css`
  .icon {
    width: 1.375em;
    height: 1.375em;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .title {
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  .title[data-kind='good'] {
    color: var(--_good);
  }

  .title[data-kind='bad'] {
    color: var(--_bad);
  }

  .title:focus {
    outline: none;
  }

  .text,
  .note {
    color: var(--_muted);
    text-wrap: pretty;
  }

  .note {
    display: flex;
    align-items: flex-start;
    gap: 0.5rem;
    font-size: 0.875rem;
  }

  .help {
    padding: 0.75rem 1rem;
    border-radius: calc(var(--_radius) * 0.6);
    border-inline-start: 0.25rem solid var(--_wait);
    background: var(--_wait-soft);
    color: var(--_ink);
  }

  .actions {
    display: grid;
    gap: 0.625rem;
  }

  .actions.row {
    display: flex;
    flex-wrap: wrap-reverse;
  }

  .actions.row > * {
    flex: 1 1 8rem;
  }

  button,
  select {
    font: inherit;
    color: inherit;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    width: 100%;
    min-height: 48px;
    padding: 0.5rem 1.25rem;
    border: 1px solid var(--_control);
    border-radius: 999px;
    background: none;
    font-weight: 550;
    cursor: pointer;
    transition:
      background-color 0.15s,
      border-color 0.15s;
  }

  button:hover {
    border-color: var(--_ink);
  }

  button:disabled,
  button:disabled:hover {
    border-color: var(--_control);
    background: none;
    color: var(--_muted);
    cursor: not-allowed;
  }

  .primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .primary:hover {
    border-color: transparent;
    background: var(--_accent-strong);
  }

  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .picker {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    font-size: 0.9375rem;
  }

  select {
    flex: 1;
    min-width: 0;
    min-height: 44px;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--_control);
    border-radius: calc(var(--_radius) * 0.6);
    background: var(--_ground);
    text-overflow: ellipsis;
  }

  .consent {
    display: grid;
    gap: 0.625rem;
    padding: 0.875rem 1rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.6);
    font-size: 0.9375rem;
  }

  .transaction {
    padding: 0.75rem 1rem;
    border-inline-start: 4px solid var(--_accent);
    border-radius: calc(var(--_radius) * 0.4);
  }

  .deal {
    max-height: 30vh;
    font-weight: 600;
    white-space: pre-line;
    text-align: match-parent;
    overflow: auto;
  }

  .check {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    min-height: 32px;
    font-weight: 550;
    cursor: pointer;
  }

  .check input {
    width: 1.5rem;
    height: 1.5rem;
    flex: none;
    margin: 0;
    accent-color: var(--_accent);
  }

  .missing {
    color: var(--_bad);
  }

  progress {
    display: block;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 999px;
    background: var(--_line);
    overflow: hidden;
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: none;
  }

  progress::-webkit-progress-value {
    border-radius: 999px;
    background: var(--_accent);
    transition: inline-size 0.25s;
  }

  progress::-moz-progress-bar {
    border-radius: 999px;
    background: var(--_accent);
  }

  progress[data-open] {
    background: linear-gradient(90deg, transparent 30%, var(--_accent) 50%, transparent 70%) 0 0 / 250% 100% var(--_line);
    animation: sweep 1.4s linear infinite;
  }

  @keyframes sweep {
    from {
      background-position: 150% 0;
    }

    to {
      background-position: -100% 0;
    }
  }
`;
