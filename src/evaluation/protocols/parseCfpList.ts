import { linesOf } from './linesOf.js';
import type { NamedText } from './NamedText.js';

/**
 * Maps CFP's numbers of pictures to their files, relative to the data set's folder. Paths in the list are relative to its folder
 * `Protocol`.
 */
export function parseCfpList({ name, text: list }: NamedText): Map<string, string> {
  const files = new Map<string, string>();
  for (const { text, line } of linesOf(list)) {
    const [, number, path] = /^(\d+)\s+(.+)$/.exec(text) ?? [];
    const file = path === undefined ? null : below(['Protocol'], path);
    if (number === undefined || file === null) {
      throw new SyntaxError(
        `${name}, line ${line}: expected a number and a file of the data set, as in "1 ../Data/Images/001/frontal/01.jpg", got "${text}"`,
      );
    }
    files.set(number, file);
  }
  return files;
}

/** Where a path leads from a folder, with `.` and `..` resolved; null if that is outside the root. */
function below(folder: readonly string[], path: string): string | null {
  if (/^([/\\]|\w:)/.test(path)) return null;
  const steps = [...folder];
  for (const step of path.split(/[/\\]/)) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return null;
  }
  return steps.length > 0 ? steps.join('/') : null;
}
