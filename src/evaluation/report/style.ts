/** The page's style: light and dark, one column or two, and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #edf1f0; --surface: #fff; --ink: #11201e; --muted: #495b58; --line: #d3dddb;
  --accent: #0a5f54; --warn: #7a4a00; --warn-soft: #fdf0d9;
  --chart-ground: var(--surface); --chart-curve: #0f8271; --chart-genuine: #0f8271; --chart-impostor: #c8622a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0b1313; --surface: #131e1e; --ink: #e7efed; --muted: #a5b7b4; --line: #263635;
    --accent: #7fe0c6; --warn: #ffc861; --warn-soft: #35290f;
    --chart-curve: #4fc9ae; --chart-genuine: #4fc9ae; --chart-impostor: #f0955e;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
  font: 400 1rem/1.5 -apple-system, blinkmacsystemfont, 'Segoe UI', roboto, 'Helvetica Neue', arial, 'Liberation Sans', sans-serif; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 3rem; }
h1, h2, h3, p, dl, dd, figure, ul, ol { margin: 0; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); font-weight: 600; letter-spacing: -.02em; }
h2 { font-size: 1.1875rem; font-weight: 600; }
h3 { font-size: 1rem; font-weight: 600; }
p { max-width: 80ch; text-wrap: pretty; }
header { margin-bottom: 1.5rem; }
header p { color: var(--muted); margin-top: .4rem; }
section { background: var(--surface); border-radius: 16px; padding: 1.25rem; margin-top: 1rem; }
section > * + * { margin-top: .85rem; }
section > .apart { margin-top: 1.75rem; }
.note { color: var(--muted); font-size: .9375rem; }
.warning { background: var(--warn-soft); color: var(--warn); border-radius: 16px; padding: .9rem 1.25rem; margin-top: 1rem; max-width: none; }
.warning b { font-weight: 600; }
.headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .75rem 1.5rem; }
.headline div { border-left: 3px solid var(--accent); padding-left: .75rem; }
.headline dt { color: var(--muted); font-size: .875rem; }
.headline dd:first-of-type { font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
.headline dd + dd { color: var(--muted); font-size: .875rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 33rem), 1fr)); gap: 1rem; margin-top: 1rem; }
.charts section { margin: 0; }
.chart { display: block; max-width: 100%; height: auto; margin-inline: auto; }
.narrow { display: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; padding-bottom: .5rem; color: var(--muted); }
th, td { padding: .4rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; font-variant-numeric: tabular-nums; }
th { font-weight: 600; color: var(--muted); vertical-align: bottom; }
thead th { white-space: normal; font-size: .875rem; line-height: 1.3; }
tbody th { color: inherit; font-weight: 400; white-space: normal; }
td, tbody th { vertical-align: baseline; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td:last-child, th:last-child { padding-right: 0; }
tbody tr:last-child > * { border-bottom: 0; }
.sub { color: var(--muted); font-size: .875em; white-space: nowrap; }
.below { display: block; }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 1rem; padding: 0; list-style: none; }
.pairs li { break-inside: avoid; }
.pairs .two { display: grid; grid-template-columns: 1fr 1fr; gap: 4px; }
.pairs .two > * { width: 100%; aspect-ratio: 1; object-fit: contain; border-radius: 8px; background: var(--ground); }
.pairs .none { display: grid; place-items: center; color: var(--muted); font-size: .8125rem; }
.pairs p { font-size: .8125rem; overflow-wrap: anywhere; line-height: 1.35; margin-top: .25rem; }
.pairs b { font-weight: 600; font-size: .9375rem; }
code, pre { font: .875rem/1.5 ui-monospace, sfmono-regular, menlo, consolas, 'Liberation Mono', monospace; }
pre { background: var(--ground); border-radius: 8px; padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
ul.plain { padding-left: 1.1rem; }
ul.plain li { overflow-wrap: anywhere; }
details summary { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
@media print {
  :root { color-scheme: light; --ground: #fff; --surface: #fff; --ink: #000; --muted: #444; --line: #ccc; --accent: #0a5f54; --warn: #5a3700; --warn-soft: #fff;
    --chart-curve: #0a6a5c; --chart-genuine: #0a6a5c; --chart-impostor: #b0501c; }
  body { max-width: none; padding: 0; font-size: .875rem; }
  section { padding: .75rem 0; border-radius: 0; border-top: 1px solid var(--line); }
  .warning { border: 1px solid currentColor; }
  .charts section { break-inside: avoid; }
  tr { break-inside: avoid; }
}
@media screen and (max-width: 38rem) {
  .narrow { display: block; } .wide { display: none; }
  section { padding: 1rem .85rem; }
  th, td { padding-inline: .3rem; }
  table { font-size: .875rem; }
  thead th { font-size: .8125rem; }
  td .sub, tbody th .sub { display: block; }
}
`;
