/** Two pictures of a list of pairs, by file name, as LFW publishes them. */
export interface Pair {
  /** Which part of a cross-validation it belongs to. */
  readonly fold: string;
  readonly a: string;
  readonly b: string;
  /** Whether both show one person: a genuine pair, else an impostor pair. */
  readonly same: boolean;
}

/** Reads lines of `fold,a,b,same` (0 or 1) below that very header. Throws a SyntaxError that names the first bad line. */
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
