import { declarationsIn } from './declarationsIn.mjs';

/**
 * The exports that differ from the last release and that the changelog does not mention. It mentions an export by its name as a whole word
 * in a code span, capitals or not (`vault.get` speaks of `Vault`); one by a beginning and an ellipsis (`Enrolment…`); and all exports of a
 * new entry by the entry's (`visavis/evaluation`).
 *
 * @param {{ entry: string, before: string | null, now: string }[]} reports of each entry, `before` null for one that is new; `entry` as one
 *   imports it
 * @param {string} section the changelog's section about the version
 * @returns {string[]} sentences
 */
export function untold(reports, section) {
  const spans = [...section.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span);
  const words = new Set(spans.flatMap((span) => span.toLowerCase().match(/[\w$]+/g) ?? []));
  const beginnings = spans.filter((span) => /^\w+…$/.test(span)).map((span) => span.slice(0, -1));
  const told = (/** @type {string} */ name) => words.has(name.toLowerCase()) || beginnings.some((beginning) => name.startsWith(beginning));
  return reports
    .filter(({ entry, before }) => before !== null || !spans.includes(entry))
    .flatMap(({ entry, before, now }) =>
      differences(before === null ? new Map() : declarationsIn(before), declarationsIn(now))
        .filter(({ name }) => !told(name))
        .map(({ name, change }) => `${entry}: ${name} (${change})`),
    );
}

/** @param {ReadonlyMap<string, string>} before @param {ReadonlyMap<string, string>} now */
function differences(before, now) {
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((name) => before.get(name) !== now.get(name))
    .map((name) => ({ name, change: describeChange(before.has(name), now.has(name)) }));
}

/** @param {boolean} was @param {boolean} is */
function describeChange(was, is) {
  if (was && is) return 'changed';
  return is ? 'new' : 'gone';
}
