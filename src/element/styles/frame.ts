import { css } from 'lit';

/** The card, and the same card as a whole screen. */
export const frame = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  p {
    margin: 0;
  }

  .base {
    display: flex;
    flex-direction: column;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_ground);
    color: var(--_ink);
    overflow: hidden;
    overflow-wrap: break-word;
  }

  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    padding: 1.25rem;
  }

  dialog {
    position: fixed;
    inset: 0;
    width: 100vw;
    width: 100dvw;
    max-width: none;
    height: 100vh;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: #0a1a1a;
    color: inherit;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  dialog::backdrop {
    background: #0a1a1a;
  }

  dialog .base {
    min-height: 100%;
    border: 0;
    border-radius: 0;
  }

  dialog .mirror {
    flex: 1 1 16rem;
    aspect-ratio: auto;
    max-height: none;
    padding: calc(0.75rem + env(safe-area-inset-top)) calc(0.75rem + env(safe-area-inset-right)) 0.75rem
      calc(0.75rem + env(safe-area-inset-left));
  }

  dialog .panel {
    position: sticky;
    bottom: 0;
    padding: 0.75rem calc(1rem + env(safe-area-inset-right)) calc(0.75rem + env(safe-area-inset-bottom))
      calc(1rem + env(safe-area-inset-left));
    background: var(--_ground);
  }

  dialog .panel > * {
    width: min(100%, 30rem);
    justify-self: center;
  }

  /* The screen as a lamp: as much of it as can be, and what is to be done still in view. */
  dialog {
    transition: background-color 0.3s linear;
  }

  [data-lit] .base {
    justify-content: center;
    gap: 1rem;
    background: none;
  }

  [data-lit] .mirror {
    flex: none;
    width: min(20rem, 76%);
    aspect-ratio: 3 / 4;
    min-height: 0;
    margin: auto;
    padding: 0;
    background: none;
    overflow: visible;
  }

  [data-lit] video,
  [data-lit] .oval {
    border-radius: var(--_radius);
  }

  /* Above the picture, which is small here: on it the words would cover the face. */
  [data-lit] .instruction {
    position: absolute;
    bottom: calc(100% + 1rem);
    width: min(26rem, 100vw - 2rem);
    max-width: none;
  }

  [data-lit] .panel {
    background: none;
  }

  [data-lit] button {
    background: var(--_ground);
  }

  /* Lying: picture and controls side by side. */
  @media (max-height: 480px) and (orientation: landscape) {
    dialog .base {
      flex-direction: row;
    }

    dialog .mirror {
      min-height: 100vh;
      min-height: 100dvh;
    }

    dialog .panel {
      flex: 0 1 15rem;
      align-content: center;
    }
  }

  .status {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
