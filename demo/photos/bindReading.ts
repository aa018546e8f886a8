import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { AlbumDesk } from './AlbumDesk.js';
import type { AlbumStore } from './AlbumState.js';
import { counted } from './counted.js';

/** How far reading is, and what ends it. */
export function bindReading(page: PageStore, album: AlbumStore, desk: AlbumDesk): void {
  const box = byId('reading');
  const bar = byId('reading-bar', HTMLProgressElement);
  const cancel = byId('reading-cancel', HTMLButtonElement);
  cancel.addEventListener('click', () => desk.cancel());

  const show = () => {
    const { phase, progress, faces } = album.state;
    const began = box.hidden && phase === 'reading';
    const ended = !box.hidden && phase !== 'reading';
    const focused = box.contains(document.activeElement);
    box.hidden = phase !== 'reading';
    // The button that has the focus goes away: what was read is next, once it is drawn.
    if (ended && focused) queueMicrotask(() => byId(byId('result').hidden ? 'photos-button' : 'summary').focus({ preventScroll: true }));
    if (!progress) return;
    const { done, total } = progress;
    const waiting = page.state.engine.state !== 'ready';
    setText(byId('reading-text'), waiting ? 'Waiting for the face engine' : 'Looking for faces');
    setText(byId('reading-count'), `${done} of ${total}`);
    setText(byId('reading-faces'), faces.length > 0 ? `${counted(faces.length, 'face')} found so far.` : '');
    bar.max = total;
    bar.value = done;
    bar.setAttribute('aria-valuetext', `${done} of ${counted(total, 'photo')}`);
    if (began) cancel.focus({ preventScroll: true });
  };
  page.subscribe(show);
  album.subscribe(show);
}
