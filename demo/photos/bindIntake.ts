import { acceptDrops } from '../ui/acceptDrops.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { AlbumDesk } from './AlbumDesk.js';
import type { AlbumStore } from './AlbumState.js';
import { collectDropped } from './collectDropped.js';

/** Takes photos by picker, by folder picker, and dropped anywhere on the page. */
export function bindIntake(album: AlbumStore, desk: AlbumDesk): void {
  const box = byId('intake');
  const photos = byId('photos-input', HTMLInputElement);
  const folder = byId('folder-input', HTMLInputElement);
  const folderButton = byId('folder-button', HTMLButtonElement);

  byId('photos-button').addEventListener('click', () => photos.click());
  folderButton.addEventListener('click', () => folder.click());
  folderButton.hidden = !('webkitdirectory' in HTMLInputElement.prototype);
  for (const input of [photos, folder]) {
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      // The same files may be chosen again.
      input.value = '';
      void desk.take(files);
    });
  }

  const idle = () => album.state.phase !== 'reading';
  // Also while others are read: the desk says what becomes of them.
  acceptDrops(
    box,
    () => true,
    (data) => void collectDropped(data).then((files) => desk.take(files)),
  );

  album.subscribe(({ phase, note }) => {
    box.hidden = !idle();
    setText(byId('intake-title'), phase === 'empty' ? 'Drop photos or a folder here' : 'Drop more photos here');
    byId('intake-note').dataset.empty = String(note === '');
    setText(byId('intake-note-text'), note);
  });
}
