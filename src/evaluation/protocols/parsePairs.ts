/** Two pictures from a list of pairs, by file name, as LFW publishes them. */
export interface Pair {
  /** The part of a cross-validation it belongs to. */
  readonly fold: string;
  readonly a: string;
  readonly b: string;
  /** Whether both show the same person: a genuine pair, otherwise an impostor pair. */
  readonly same: boolean;
}

/** Reads a CSV with the header `fold,a,b,same`, where `same` is 0 or 1. Throws a SyntaxError that names the first bad line. */
export function parsePairs(csv: string): Pair[] {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  if (header?.trim() !== 'fold,a,b,same') throw new SyntaxError(`expected the header "fold,a,b,same", got "${header ?? ''}"`);
  return lines.map((line, i) => {
    const [fold, a, b, same, ...rest] = line.split(',').map((cell) => cell.trim());
    if (!fold || !a || !b || !['0', '1'].includes(same ?? '') || rest.length > 0) {
      throw new SyntaxError(`line ${i + 2} is not "fold,a,b,0|1": "${line}"`);
    }
    return { fold, a, b, same: same === '1' };
  });
}
