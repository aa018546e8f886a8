import { ratioOf } from '../statistics/ratioOf.mjs';
import { tables } from '../table.mjs';
import { times } from './format.mjs';

/** @param {import('../Results.d.ts').Results} results @returns {string} for a terminal */
export function plainText(results) {
  const drawn = tables(results).map((rows) => {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    return rows
      .map((row) =>
        row
          .map((cell, i) => cell.padEnd(widths[i]))
          .join('   ')
          .trimEnd(),
      )
      .join('\n');
  });
  return [...drawn, spread(results)].filter((part) => part !== '').join('\n\n');
}

/** The range of each ratio from turn to turn. @param {import('../Results.d.ts').Results} results */
function spread({ embedding = [], inception = [], frames = [], cold }) {
  /** @typedef {import('../statistics/Samples.d.ts').Samples & { name: string }} Named */
  /** @type {{ title: string, base: Named | undefined, others: Named[] }[]} */
  const groups = [
    ...Object.entries({ 'embedding alone': embedding, 'inception-160 alone': inception }).flatMap(([what, samples]) =>
      [1, 2].map((threads) => {
        const equal = samples.filter((each) => each.threads === threads);
        return { title: `${what}, ${threads} thread(s)`, base: equal.find(({ name }) => name === 'visavis'), others: equal };
      }),
    ),
    { title: 'frame → embedding', base: frames[0], others: frames },
    ...(cold?.times ?? []).map(({ cache, megabits, results }) => ({
      title: `first verdict, ${cache} cache, ${megabits} Mbit/s`,
      base: results[0],
      others: results,
    })),
  ];
  const lines = groups.flatMap(({ title, base, others }) => {
    if (!base) return [];
    return others
      .filter((other) => other !== base)
      .map((other) => {
        const { ratio, low, high } = ratioOf(other, base);
        return `  ${title}: ${other.name} takes ${times(ratio)} ${base.name}'s time (turns: ${times(low)} … ${times(high)})`;
      });
  });
  return lines.length > 0 ? ['Ratios:', ...lines].join('\n') : '';
}
