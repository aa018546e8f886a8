import { css } from 'lit';

/** The picture with what lies on it. */
export const mirror = css`
  .mirror {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: center;
    aspect-ratio: 4 / 3;
    min-height: 15rem;
    /* What is to be pressed below it should be in view too. */
    max-height: max(15rem, 40vh);
    padding: 0.75rem;
    background: radial-gradient(90% 80% at 50% 38%, #1d4541 0%, #12302d 48%, #0a1a1a 100%);
    color: var(--_on-glass);
    overflow: hidden;
  }

  /* Where a run fills the screen, the empty mirror before and after leaves room for what is to be read and pressed. */
  @media (max-width: 640px) {
    .mirror.resting {
      aspect-ratio: 16 / 9;
      min-height: 11rem;
    }
  }

  video,
  .oval {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }

  video {
    object-fit: cover;
    opacity: 0;
    transition: opacity 0.4s;
  }

  video.live {
    opacity: 1;
  }

  .mirrored video {
    transform: scaleX(-1);
  }

  .oval {
    fill: none;
    stroke-linecap: round;
  }

  .around {
    fill: rgb(6 20 19 / 0%);
    transition:
      fill 0.4s,
      d 0.3s;
  }

  [data-ring]:not([data-ring='rest']) .around {
    fill: rgb(6 20 19 / 55%);
  }

  .track,
  .done,
  .face {
    stroke: var(--_ring);
    transition:
      stroke 0.2s,
      stroke-dasharray 0.15s linear,
      d 0.3s;
  }

  [data-ring='rest'] {
    --_ring: rgb(127 224 198 / 60%);
  }

  [data-ring='wait'] {
    --_ring: var(--_ring-wait);
  }

  [data-ring='good'],
  [data-ring='turn'] {
    --_ring: var(--_ring-good);
  }

  .track {
    stroke-width: 2.5;
    stroke-opacity: 0.65;
  }

  /* Dashes mean "not yet" to who cannot tell amber from green. */
  [data-ring='wait'] .track {
    stroke-dasharray: 11 9;
  }

  .features {
    stroke: var(--_ring);
    stroke-width: 5;
    stroke-opacity: 0.55;
    stroke-linejoin: round;
  }

  .done {
    stroke-width: 6;
  }

  .done[stroke-dasharray^='0 '] {
    stroke: none;
  }

  .face {
    stroke-width: 1.6;
    stroke-opacity: 0.8;
    vector-effect: non-scaling-stroke;
    transition:
      transform 0.12s linear,
      stroke 0.2s;
  }

  [data-ring='rest'] .track {
    animation: breathe 2.2s ease-in-out infinite alternate;
  }

  [data-ring='turn'] .done {
    animation: turn 1.1s linear infinite;
  }

  @keyframes breathe {
    to {
      stroke-opacity: 1;
    }
  }

  @keyframes turn {
    to {
      stroke-dashoffset: -100;
    }
  }

  .mark,
  .count {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
  }

  .count span {
    display: grid;
    place-items: center;
    width: 1.75em;
    height: 1.75em;
    border-radius: 50%;
    background: var(--_glass);
    font-size: 3.5rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }

  .mark .icon {
    width: 5.5rem;
    height: 5.5rem;
    padding: 1.125rem;
    border-radius: 50%;
    background: var(--_mark);
    color: #06211c;
    stroke-width: 2.25;
    animation: appear 0.3s ease-out;
  }

  .mark .icon path {
    stroke-dasharray: 1;
    animation: draw 0.45s 0.1s ease-out backwards;
  }

  .mark[data-kind='good'] {
    --_mark: var(--_ring-good);
  }

  .mark[data-kind='bad'] {
    --_mark: var(--_ring-bad);
  }

  .mark[data-kind='trouble'] {
    --_mark: var(--_ring-wait);
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: scale(0.7);
    }
  }

  @keyframes draw {
    from {
      stroke-dashoffset: 1;
    }
  }
`;
