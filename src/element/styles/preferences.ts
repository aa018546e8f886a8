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

    /* Lines on any picture, whatever its colors. */
    .oval {
      filter: drop-shadow(0 0 1.5px Canvas) drop-shadow(0 0 1.5px Canvas);
    }

    .track,
    .features,
    .face {
      stroke-opacity: 1;
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

    .instruction {
      background: Canvas;
    }

    .icon,
    .instruction .icon,
    .instruction[data-hint='yes'] .icon {
      color: CanvasText;
    }

    .count span {
      border: 2px solid CanvasText;
      background: Canvas;
      color: CanvasText;
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

    progress::-webkit-progress-value {
      background: Highlight;
    }

    progress::-moz-progress-bar {
      background: Highlight;
    }
  }
`;
