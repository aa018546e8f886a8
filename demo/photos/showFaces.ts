import type { Face } from './AlbumState.js';

/** Fills a list with the faces' thumbnails, each a button that opens its photo. */
export function showFaces(list: Element, faces: readonly Face[], who: string, open: (face: Face) => void): void {
  list.replaceChildren(
    ...faces.map((face) => {
      const image = new Image(96, 96);
      image.src = face.thumbnail;
      image.alt = `${who}: ${face.photo.path}`;
      image.loading = 'lazy';
      image.decoding = 'async';
      const button = document.createElement('button');
      button.type = 'button';
      button.title = face.photo.path;
      button.append(image);
      button.addEventListener('click', () => open(face));
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
}
