import { describe } from './describe.js';

/** The names of all options of a call; the compiler ensures that none is missing. */
export type OptionNames<Options extends object> = Readonly<Record<keyof Options, true>>;

/**
 * Throws a TypeError if `options` is not an object, or has an option that the call does not know: a misspelled option would be silently ignored. Also for
 * a `signal` that is none, such as its controller: what fails when it is listened to looks like a fault of storage or network.
 * @param call what takes the options, as the caller wrote it
 */
export function assertOptions<Options extends object>(options: Options, known: OptionNames<Options>, call: string): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`expected the options of ${call}, an object, got ${describe(options)}`);
  const names = Object.keys(known);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) {
    assertSignal((options as { readonly signal?: unknown }).signal);
    return;
  }
  const nearest = names.reduce((best, name) => (editDistance(name, unknown) < editDistance(best, unknown) ? name : best));
  throw new TypeError(`expected options of ${call} (${names.join(', ')}), got ${describe(unknown)}; the nearest is "${nearest}"`);
}

/** By what it can do: a signal of another window is as good. */
function assertSignal(signal: unknown): void {
  if (signal === undefined || signal === null) return;
  const { aborted, addEventListener } = signal as Partial<AbortSignal>;
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return;
  throw new TypeError(`expected signal to be an AbortSignal, got ${describe(signal)}`);
}

/** How many letters must be inserted, deleted or changed (Levenshtein distance), ignoring case. */
function editDistance(a: string, b: string): number {
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
