import { seededRandom } from '../../src/evaluation.js';
import type { Photo } from '../photos/AlbumState.js';
import { counted } from '../photos/counted.js';
import { isPicture } from '../photos/isPicture.js';
import { personName } from './personName.js';

export interface PersonPictures {
  /** The folder's full path: folders with the same name in two places are two people. */
  readonly identity: string;
  readonly photos: readonly Photo[];
}

export interface PictureSet {
  readonly name: string;
  /** In random order, so that stopping early leaves a fair sample of the people, not the first letters of the alphabet. */
  readonly people: readonly PersonPictures[];
  /** What to say about the choice of files, in sentences. */
  readonly notes: readonly string[];
}

const HOW = 'Choose a folder that holds one folder for each person, such as people/anna/1.jpg.';
const SEED = 1;

/** Assigns pictures to people: a person is a folder with pictures in it. */
export function sortIntoPeople(files: readonly Photo[]): PictureSet {
  const all = new Map<string, Photo>();
  for (const photo of files) if (isPicture(photo.file) && !all.has(photo.path)) all.set(photo.path, photo);
  const folders = new Map<string, Photo[]>();
  for (const photo of all.values()) {
    const folder = folderOf(photo.path);
    const list = folders.get(folder);
    if (list) list.push(photo);
    else folders.set(folder, [photo]);
  }
  // A folder that contains people's folders isn't a person, even if it contains pictures too.
  const holders = new Set([...folders.keys()].flatMap(foldersAbove));
  const stray = [...folders].filter(([folder]) => holders.has(folder) || folder === '').flatMap(([, photos]) => photos);
  const people = [...folders]
    .filter(([folder]) => !holders.has(folder) && folder !== '')
    .map(([identity, photos]) => ({ identity, photos: photos.sort((a, b) => (a.path < b.path ? -1 : 1)) }))
    .sort((a, b) => (a.identity < b.identity ? -1 : 1));
  return {
    name: people.length > 0 ? nameOfSet(people) : '',
    notes: notesOn(files.length, all.size, stray, people),
    people: shuffle(people),
  };
}

function notesOn(files: number, pictures: number, stray: readonly Photo[], people: readonly PersonPictures[]): string[] {
  if (files === 0) return [`Nothing was found. ${HOW}`];
  if (pictures === 0) return [files === 1 ? 'This file isn’t a picture.' : `There’s no picture among these ${counted(files, 'file')}.`];
  if (people.length === 0) {
    const who = pictures === 1 ? 'This picture isn’t' : 'These pictures aren’t';
    return [`${who} in a folder, so nothing says who is in ${pictures === 1 ? 'it' : 'them'}. ${HOW}`];
  }
  const notes: string[] = [];
  if (stray.length > 0) {
    const are = stray.length === 1 ? 'is' : 'are';
    notes.push(`${counted(stray.length, 'picture')} ${are} next to people’s folders instead of in one (${stray[0]!.path}), and left out.`);
  }
  if (people.length === 1) {
    notes.push(
      `All pictures are in one folder, “${personName(people[0]!.identity)}”, and count as one person. Without strangers, no threshold can be measured. ${HOW}`,
    );
  }
  const twice = people.map(({ identity }) => personName(identity)).find((name, i, names) => names.indexOf(name) !== i);
  if (twice !== undefined) notes.push(`The folder name “${twice}” appears in several places. Each counts as a different person.`);
  return notes;
}

/** The folder that contains all people's folders. */
function nameOfSet(people: readonly PersonPictures[]): string {
  const root = people[0]!.identity.split('/')[0]!;
  return people.every(({ identity }) => identity.split('/')[0] === root) ? root : 'My pictures';
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function foldersAbove(folder: string): string[] {
  const above: string[] = [];
  for (let at = folder.lastIndexOf('/'); at > 0; at = folder.lastIndexOf('/', at - 1)) above.push(folder.slice(0, at));
  return above;
}

function shuffle<T>(items: readonly T[]): T[] {
  const random = seededRandom(SEED);
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
