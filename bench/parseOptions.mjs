import { parseArgs } from 'node:util';
import { count } from '../tools/count.mjs';
import { namesOf } from '../tools/namesOf.mjs';

export const PARTS = /** @type {const} */ (['embedding', 'inception', 'recognizers', 'frames', 'blocking', 'cold', 'memory']);
/** @typedef {(typeof PARTS)[number]} Part */
/** What says how to measure. */
const MEASURING = /** @type {const} */ (['only', 'rounds', 'before', 'frames', 'quick']);
/**
 * @typedef {{ only: Part[], settings: import('./openBench.mjs').Settings, json: string | null, from: string | null, docs: boolean,
 * picture: string | null }} Options
 */

export const USAGE = `Measures visavis beside its peers, in turns, in one Chromium, and prints medians and ratios.

  npm run bench -- [options]

  --only NAME,…     parts to run, of: ${PARTS.join(', ')}
  --rounds N        turns for each, with ten runs per turn (default 10; a third as many for first visits and live camera)
  --before FOLDER   compares first visits with another version too: a checkout of it that is built (dist/, public/models/)
  --frames N        frames for the part "memory" (default 1000)
  --quick           few turns and few frames, to see that it runs; do not quote the figures
  --json FILE       writes everything that was measured
  --from FILE       measures nothing, but reads such a file instead
  --docs            writes the tables into docs/performance.md, and a few rows into README.md, between their markers; of all parts only, not
                    of --quick, and with --json where it measures: if a part fails, what was found before it is in FILE.part
  --picture FILE    draws the bars as an SVG
`;

/** @param {string[]} args @returns {Options | null} null if help is requested */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      before: { type: 'string' },
      frames: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      from: { type: 'string' },
      docs: { type: 'boolean', default: false },
      picture: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { quick } = values;
  const only = namesOf(
    '--only',
    values.only?.split(',').map((name) => name.trim()),
    PARTS,
  );
  const ignored = MEASURING.filter((name) => values[name] !== undefined && values[name] !== false);
  if (values.from !== undefined && ignored.length > 0) {
    throw new RangeError(`--from measures nothing: expected no --${ignored[0]} beside it`);
  }
  if (values.docs && (quick || only.length < PARTS.length)) {
    throw new RangeError(
      '--docs: expected all parts, and no --quick: the tables of before would lose rows, or get figures that are not to be quoted',
    );
  }
  if (values.docs && values.from === undefined && values.json === undefined) {
    throw new RangeError('--docs: expected --json FILE beside it: if a part fails, that keeps what was measured before it');
  }
  const rounds = count('--rounds', values.rounds ?? (quick ? '2' : '10'));
  const few = Math.max(1, Math.round(rounds / 3));
  return {
    only,
    settings: {
      quick,
      rounds,
      runs: quick ? 3 : 10,
      coldRounds: quick ? 1 : few,
      liveRounds: quick ? 1 : few,
      liveSeconds: quick ? 3 : 10,
      frames: count('--frames', values.frames ?? (quick ? '30' : '1000')),
      before: values.before ?? null,
    },
    json: values.json ?? null,
    from: values.from ?? null,
    docs: values.docs,
    picture: values.picture ?? null,
  };
}
