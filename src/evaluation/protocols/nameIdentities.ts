import { identityOf } from './identityOf.js';
import type { Pair } from './parsePairs.js';

/** A picture of a data set, with what is known about it. */
export interface LabeledPicture {
  readonly file: string;
  /** Who it shows. */
  readonly identity: string;
  /** The group it belongs to, for the table of groups. */
  readonly group?: string;
}

/**
 * The pictures in a list of pairs, by file name, with who is in them. People are told apart by file name (`Given_Family_0001.jpg`) or by
 * folder (`Given_Family/0001.jpg`), whichever agrees with all pairs.
 * @returns `fault`: why the identities cannot be trusted, in a sentence (every picture then counts as a different person); null if they can
 */
export function nameIdentities(pairs: readonly Pair[]): { pictures: LabeledPicture[]; fault: string | null } {
  const files = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
  const firstFault = (way: (path: string) => string) => pairs.find(({ a, b, same }) => way(a) === '' || same !== (way(a) === way(b)));
  const [byName, byFolder] = [firstFault(identityOf), firstFault(folderOf)];
  const way = byName && !byFolder ? folderOf : identityOf;
  const bad = byFolder && byName;
  return {
    pictures: files.map((path) => ({ file: path, identity: bad ? path : way(path) })),
    fault: bad
      ? `People cannot be told apart by file name: the pairs say that ${bad.a} and ${bad.b} are ${bad.same ? 'one person' : 'two people'}.`
      : null,
  };
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
