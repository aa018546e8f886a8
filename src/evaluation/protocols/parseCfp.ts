import { linesOf } from './linesOf.js';
import type { LabeledPicture } from './nameIdentities.js';
import type { NamedText } from './NamedText.js';
import type { Pair } from './parsePairs.js';
import { parseCfpList } from './parseCfpList.js';

/** FP: frontal against profile; FF: frontal against frontal. */
export type CfpProtocol = 'FP' | 'FF';

/** The texts of CFP's folder `Protocol`. */
export interface CfpTexts {
  /** `Pair_list_F.txt`. */
  readonly frontal: NamedText;
  /** `Pair_list_P.txt`; not needed for FF. */
  readonly profile?: NamedText;
  /** `same.txt` and `diff.txt` from each folder of `Split/FP` or `Split/FF`. */
  readonly splits: readonly { readonly fold: string; readonly same: NamedText; readonly different: NamedText }[];
}

/**
 * Celebrities in Frontal-Profile (Sengupta et al. 2016), in its published form: `Pair_list_F.txt` and `…_P.txt` number the frontal and the
 * profile pictures ("1 ../Data/Images/001/frontal/01.jpg"), and each split lists pairs of such numbers ("1,1"). In FP the first number is
 * that of a frontal picture and the second that of a profile; in FF both are frontal. Throws a SyntaxError that names the text and its
 * first bad line.
 * @returns the pairs, and their pictures in the groups `frontal` and `profile`, by paths relative to the data set's folder
 */
export function parseCfp(protocol: CfpProtocol, { frontal, profile, splits }: CfpTexts): { pictures: LabeledPicture[]; pairs: Pair[] } {
  const first = parseCfpList(frontal);
  if (protocol === 'FP' && !profile) throw new TypeError('expected the list of profile pictures for FP, got none');
  const second = protocol === 'FP' ? parseCfpList(profile!) : first;
  const pairs: Pair[] = [];
  const pictures = new Map<string, LabeledPicture>();
  const lists = splits.flatMap(({ fold, same, different }) => [
    { fold, same: true, list: same },
    { fold, same: false, list: different },
  ]);
  for (const { fold, same, list } of lists) {
    for (const { text, line } of linesOf(list.text)) {
      const [i = '', j = '', ...rest] = text.split(',').map((cell) => cell.trim());
      const [a, b] = [first.get(i), second.get(j)];
      if (rest.length > 0 || a === undefined || b === undefined) {
        throw new SyntaxError(`${list.name}, line ${line}: expected two numbers of the lists of pictures, as in "1,1", got "${text}"`);
      }
      const [p, q] = [identityOfCfp(a), identityOfCfp(b)];
      if ((p === q) !== same) {
        throw new SyntaxError(`${list.name}, line ${line}: ${a} and ${b} are ${p === q ? 'one person' : 'two people'} by their folders`);
      }
      pictures.set(a, { file: a, identity: p, group: 'frontal' });
      pictures.set(b, { file: b, identity: q, group: protocol === 'FP' ? 'profile' : 'frontal' });
      pairs.push({ fold, a, b, same });
    }
  }
  return { pictures: [...pictures.values()].sort((x, y) => (x.file < y.file ? -1 : 1)), pairs };
}

/** `Data/Images/001/profile/01.jpg` shows person 001. */
function identityOfCfp(file: string): string {
  return file.split('/').at(-3) ?? file;
}
