import { CONTENDERS } from './parts/contenders.mjs';
import { megabytes, milliseconds, seconds, times } from './report/format.mjs';

const WIDTH = 760;
const LEFT = 250;
const RIGHT = 130;
const BAR = 18;
const STEP = 24;
const GAP = 26;
const STYLE = `text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600 } .own { fill: #1a7f64 } .other { fill: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .own { fill: #3fb68f } .other { fill: #6e7681 } }`;

/**
 * @typedef {{ title: string, bars: { name: string, value: number }[], format: (value: number) => string }} Group the first bar is visavis'
 */

/**
 * The results as horizontal bars: an SVG that is legible on light and on dark pages. Shorter is better in every group.
 * @param {import('./Results.d.ts').Results} results
 */
export function picture(results) {
  const groups = groupsOf(results).filter(({ bars }) => bars.length > 1);
  let y = 4;
  const drawn = groups.map(({ title, bars, format }) => {
    const longest = Math.max(...bars.map(({ value }) => value));
    y += 16;
    const heading = `<text class="title" x="0" y="${y}">${escape(title)}</text>`;
    y += 8;
    const lines = bars.map(({ name, value }, i) => {
      const width = Math.max(1, ((WIDTH - LEFT - RIGHT) * value) / longest).toFixed(1);
      const label = i === 0 ? format(value) : `${format(value)} · ${times(value / bars[0].value)}`;
      const line = `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${escape(name)}</text><rect class="${i === 0 ? 'own' : 'other'}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="3"/><text x="${(LEFT + Number(width) + 8).toFixed(1)}" y="${y + 14}">${escape(label)}</text>`;
      y += STEP;
      return line;
    });
    y += GAP - (STEP - BAR);
    return [heading, ...lines].join('\n');
  });
  const height = Math.max(1, y - GAP + 8);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="visavis beside its peers: shorter bars are better">
<style>${STYLE}</style>
${drawn.join('\n')}
</svg>
`;
}

/** @param {import('./Results.d.ts').Results} results @returns {Group[]} */
function groupsOf({ embedding = [], frames = [], cold }) {
  const followed = [
    { name: 'visavis', of: CONTENDERS.tracked.name },
    { name: 'face-api', of: CONTENDERS.faceApi.name },
    { name: 'human', of: CONTENDERS.human.name },
  ];
  return [
    {
      title: 'Frame → embedding, 640 × 480, following the face',
      bars: followed.flatMap(({ name, of }) => frames.filter((each) => each.name === of).map(({ median }) => ({ name, value: median }))),
      format: milliseconds,
    },
    ...[1, 2].map((threads) => ({
      title: `Embedding alone, the same graph, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
      bars: embedding
        .filter((each) => each.threads === threads && !each.name.includes('without'))
        .map(({ name, median }) => ({ name, value: median })),
      format: milliseconds,
    })),
    ...(cold?.times ?? []).map(({ cache, megabits, results }) => ({
      title: `First verdict, ${cache === 'warm' ? 'second visit' : 'empty cache'}, ${megabits} Mbit/s`,
      bars: results.map(({ name, median }) => ({ name, value: median })),
      format: seconds,
    })),
    {
      title: 'Code and models over the line, Brotli',
      bars: (cold?.bytes ?? []).map(({ name, cold: { total } }) => ({ name, value: total })),
      format: megabytes,
    },
  ];
}

/** @param {string} text */
function escape(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
