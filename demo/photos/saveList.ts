import { saveText } from '../ui/saveText.js';
import type { Face } from './AlbumState.js';
import type { PersonNames } from './PersonNames.js';
import { photosOf } from './photosOf.js';

/** Downloads who is in which photo as a JSON file: names and paths, no picture and no embedding. */
export function saveList(people: readonly (readonly Face[])[], names: PersonNames): void {
  const list = people.map((group, i) => ({
    person: names.of(group) || `Person ${i + 1}`,
    photos: photosOf(group).map(({ path }) => path),
  }));
  saveText('photos-by-person.json', JSON.stringify(list, null, 2), 'application/json');
}
