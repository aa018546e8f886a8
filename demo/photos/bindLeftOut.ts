import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { AlbumStore, LeftOut } from './AlbumState.js';
import { counted } from './counted.js';

const REASONS: readonly (readonly [reason: LeftOut['reason'], words: string])[] = [
  ['no-face', 'No face was found in'],
  ['unreadable', 'This browser can’t read'],
];

/** The photos that could not be sorted, by reason. */
export function bindLeftOut(album: AlbumStore): void {
  const box = byId('left-out', HTMLDetailsElement);
  let shown: readonly LeftOut[] = [];
  album.subscribe(({ phase, leftOut, faces }) => {
    box.hidden = phase !== 'done' || leftOut.length === 0;
    if (leftOut === shown) return;
    shown = leftOut;
    // Where nothing else came of it, the reasons are the result.
    box.open = faces.length === 0;
    setText(byId('left-out-title'), `${counted(leftOut.length, 'photo')} left out`);
    byId('left-out-reasons').replaceChildren(
      ...REASONS.flatMap(([reason, words]) => {
        const paths = leftOut.filter((one) => one.reason === reason).map(({ path }) => path);
        if (paths.length === 0) return [];
        const row = document.createElement('p');
        const what = document.createElement('b');
        what.textContent = `${words} ${counted(paths.length, reason === 'unreadable' ? 'file' : 'photo')}: `;
        row.append(what, paths.join(', '));
        return [row];
      }),
    );
  });
}
