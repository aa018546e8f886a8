import { collectDropped } from '../photos/collectDropped.js';
import { acceptDrops } from '../ui/acceptDrops.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { EvaluationDesk } from './EvaluationDesk.js';
import type { EvaluationStore } from './EvaluationState.js';

/** Takes a folder by picker, and folders dropped anywhere on the page. */
export function bindFolder(evaluation: EvaluationStore, desk: EvaluationDesk): void {
  const box = byId('intake');
  const input = byId('folder-input', HTMLInputElement);
  const button = byId('folder-button', HTMLButtonElement);
  const noteText = byId('intake-note-text');
  const canChoose = 'webkitdirectory' in HTMLInputElement.prototype;
  let shown: readonly string[] = [];

  button.hidden = !canChoose;
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    // The same folder may be chosen again.
    input.value = '';
    void desk.take(files);
  });
  const idle = () => evaluation.state.phase === 'empty' || evaluation.state.phase === 'done';
  // Also while others are read: the desk says what becomes of them.
  acceptDrops(
    box,
    () => true,
    (data) => void collectDropped(data).then((files) => desk.take(files)),
  );

  evaluation.subscribe(({ phase, notes }) => {
    box.hidden = !idle();
    setText(byId('intake-title'), phase === 'empty' ? 'Drop a folder of people here' : 'Drop another folder here');
    if (notes === shown) return;
    shown = notes;
    byId('intake-note').dataset.empty = String(notes.length === 0);
    noteText.replaceChildren(
      ...notes.map((note) => {
        const paragraph = document.createElement('p');
        paragraph.textContent = note;
        return paragraph;
      }),
    );
  });
}
