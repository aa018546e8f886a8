import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { AlbumStore, Face } from './AlbumState.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Shows a face's photo with its faces framed; returns what opens it. */
export function createPhotoViewer(album: AlbumStore): (face: Face) => void {
  const dialog = byId('viewer', HTMLDialogElement);
  const place = byId('viewer-photo');
  let url = '';

  byId('viewer-close').addEventListener('click', () => dialog.close());
  // A press on the backdrop is a press on the dialog itself.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    place.replaceChildren();
    URL.revokeObjectURL(url);
  });

  return (face) => {
    const { photo } = face;
    url = URL.createObjectURL(photo.file);
    const image = new Image();
    image.alt = `The photo ${photo.path}, the chosen face framed`;
    image.src = url;
    const faces = album.state.faces.filter((other) => other.photo === photo);
    // Another photo may be on view by then.
    image.addEventListener('load', () => image.isConnected && place.append(frames(image, faces, face)), { once: true });
    place.replaceChildren(image);
    setText(byId('viewer-title'), photo.path);
    dialog.showModal();
  };
}

function frames(image: HTMLImageElement, faces: readonly Face[], chosen: Face): SVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', `0 0 ${image.naturalWidth} ${image.naturalHeight}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const face of faces) {
    const rect = document.createElementNS(NAMESPACE, 'rect');
    const { x, y, width, height } = face.box;
    for (const [name, value] of Object.entries({ x, y, width, height, rx: width * 0.12 })) rect.setAttribute(name, value.toFixed(1));
    rect.setAttribute('class', face === chosen ? 'chosen' : 'bystander');
    svg.append(rect);
  }
  return svg;
}
