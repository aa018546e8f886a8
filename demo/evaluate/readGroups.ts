import { applyLabels } from '../../src/evaluation.js';
import type { Photo } from '../photos/AlbumState.js';
import { messageOf } from '../ui/messageOf.js';
import { personName } from './personName.js';
import type { PictureSet } from './sortIntoPeople.js';

export interface Groups {
  /** The group of a picture, by its path; a picture without one is not in it. */
  readonly of: ReadonlyMap<string, string>;
  /** What to say about them, in sentences. */
  readonly notes: readonly string[];
}

const NAMES = ['groups.csv', 'labels.csv'];

/** Reads which group pictures belong to, from a file beside people's folders: `identity,group` or `file,group`, as `--labels` takes it. */
export async function readGroups(files: readonly Photo[], { people }: PictureSet): Promise<Groups> {
  const csv = files.find(({ file }) => NAMES.includes(file.name.toLowerCase()));
  if (!csv) return { of: new Map(), notes: [] };
  const folder = csv.path.slice(0, csv.path.length - csv.file.name.length);
  const photos = people.flatMap(({ identity, photos }) => photos.map(({ path }) => ({ path, identity: personName(identity) })));
  // Paths in the file count from where it lies.
  const pictures = photos.map(({ path, identity }) => ({ file: path.startsWith(folder) ? path.slice(folder.length) : path, identity }));
  try {
    const labeled = applyLabels(pictures, await csv.file.text());
    const pairs = labeled.pictures.flatMap(({ group }, i) => (group === undefined ? [] : [[photos[i]!.path, group] as const]));
    return { of: new Map(pairs), notes: labeled.notes.map((note) => `${csv.file.name}: ${note}.`) };
  } catch (error) {
    // Of another form, or not readable: the pictures are measured without it.
    return { of: new Map(), notes: [`${csv.file.name} is not used: ${messageOf(error)}.`] };
  }
}
