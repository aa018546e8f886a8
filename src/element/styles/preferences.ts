import { css } from 'lit';

/** What people have set in their system. Last, so that it counts. */
export const preferences = css`
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }

  @media (forced-colors: active) {
    [data-ring] {
      --_ring: CanvasText !important;
    }

    .done,
    .left {
      stroke: Highlight;
      background: Highlight;
    }

    .instruction,
    .help,
    .consent,
    .transaction {
      border: 1px solid CanvasText;
    }

    .instruction .icon,
    .icon {
      color: CanvasText;
    }

    .count {
      color: CanvasText;
      text-shadow: none;
    }

    .mark .icon {
      border: 2px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }

    .primary {
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
      forced-color-adjust: none;
    }

    .primary .icon {
      color: ButtonFace;
    }

    progress {
      border: 1px solid CanvasText;
    }

    progress::-webkit-progress-value,
    progress::-moz-progress-bar {
      background: Highlight;
    }
  }
`;
