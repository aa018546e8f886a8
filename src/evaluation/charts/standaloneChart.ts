const STYLE =
  'svg { color: #1f2328; font-family: system-ui, sans-serif; --chart-genuine: #0f8271; --chart-impostor: #c8622a } ' +
  '@media (prefers-color-scheme: dark) { svg { color: #e6edf3; --chart-genuine: #4fc9ae; --chart-impostor: #f0955e } }';

/** A chart as a file of its own, legible on light and on dark pages. */
export function standaloneChart(svg: string): string {
  const start = svg.indexOf('>') + 1;
  return `${svg.slice(0, start)}<style>${STYLE}</style>${svg.slice(start)}\n`;
}
