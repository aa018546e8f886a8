import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { AlbumStore, Face } from './AlbumState.js';
import { counted } from './counted.js';
import { photosOf } from './photosOf.js';
import type { PersonNames } from './PersonNames.js';
import { showFaces } from './showFaces.js';

/** The groups of faces, one card for each person; who was seen only once comes last. */
export function bindPeople(album: AlbumStore, names: PersonNames, open: (face: Face) => void, say: (text: string) => void): void {
  const list = byId('people');
  const once = byId('once');
  const summary = byId('summary');
  let shown: AlbumStore['state']['people'] | null = null;

  album.subscribe(({ phase, people, faces, photos }) => {
    byId('result').hidden = phase !== 'done' || people.length === 0;
    if (people === shown) return;
    shown = people;
    const groups = people.filter((group) => group.length > 1);
    const single = people.filter((group) => group.length === 1).flat();
    list.replaceChildren(...groups.map((group, i) => card(group, i + 1, names, open)));
    once.hidden = single.length === 0;
    setText(byId('once-count'), counted(single.length, 'face'));
    showFaces(byId('once-faces'), single, 'Seen once', open);
    if (faces.length === 0) return;
    const found = groups.length > 0 ? counted(groups.length, 'person', 'people') : 'No one appears twice';
    setText(summary, `${found} in ${counted(photos.length, 'photo')}`);
    say(`Sorted: ${summary.textContent}${single.length > 0 ? `, and ${counted(single.length, 'face')} seen once` : ''}.`);
  });
}

function card(group: readonly Face[], number: number, names: PersonNames, open: (face: Face) => void): HTMLElement {
  const section = document.createElement('section');
  section.className = 'card person';
  const head = document.createElement('div');
  head.className = 'person-head';
  const title = document.createElement('h2');
  title.id = `person-${number}`;
  title.textContent = `Person ${number}`;
  section.setAttribute('aria-labelledby', title.id);
  const count = document.createElement('p');
  count.className = 'small';
  count.textContent = counted(photosOf(group).length, 'photo');
  const input = document.createElement('input');
  input.type = 'text';
  input.className = 'person-name';
  input.placeholder = 'Name';
  input.autocomplete = 'off';
  input.maxLength = 60;
  input.setAttribute('aria-label', `Name of person ${number}`);
  input.value = names.of(group);
  const faces = document.createElement('ul');
  faces.className = 'faces';

  const show = () => showFaces(faces, group, names.of(group) || title.textContent, open);
  input.addEventListener('change', () => {
    names.give(group, input.value);
    show();
  });
  show();
  head.append(title, count, input);
  section.append(head, faces);
  return section;
}
