import { byId } from './byId.js';

/** The demo's pages, in the order of the links; the first is also what the folder's address opens. */
const PAGES: readonly (readonly [file: string, name: string])[] = [
  ['index.html', 'Log in'],
  ['photos.html', 'Sort photos'],
  ['evaluate.html', 'Evaluate'],
];

/** Links between the pages that keep the address's parameters (`?backend=`). */
export function bindPages(): void {
  const here = location.pathname.split('/').pop() || PAGES[0]![0];
  const links = PAGES.map(([file, name]) => {
    const link = document.createElement('a');
    link.href = `./${file}${location.search}`;
    link.textContent = name;
    if (file === here) link.setAttribute('aria-current', 'page');
    return link;
  });
  byId('pages').replaceChildren(...links);
}
