import { counted } from '../photos/counted.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { EvaluationDesk } from './EvaluationDesk.js';
import type { EvaluationStore } from './EvaluationState.js';
import { timeLeftText } from './format.js';

/** Shows the progress of reading and comparing, with a button that ends them. */
export function bindProgress(page: PageStore, evaluation: EvaluationStore, desk: EvaluationDesk): void {
  const box = byId('reading');
  const bar = byId('reading-bar', HTMLProgressElement);
  const cancel = byId('reading-cancel', HTMLButtonElement);
  cancel.addEventListener('click', () => desk.cancel());

  const show = () => {
    const { phase, progress, pictures } = evaluation.state;
    const busy = phase === 'reading' || phase === 'comparing';
    const [began, ended] = [box.hidden && busy, !box.hidden && !busy];
    const focused = box.contains(document.activeElement);
    box.hidden = !busy;
    if (began) cancel.focus({ preventScroll: true });
    // The focused button disappears, so the focus moves to the outcome.
    if (ended && focused) byId(phase === 'done' ? 'summary' : 'folder-button').focus({ preventScroll: true });
    if (!busy) return;
    setText(cancel, phase === 'reading' ? 'Stop here' : 'Cancel');
    if (phase === 'comparing') {
      setText(byId('reading-text'), `Comparing ${counted(pictures.length, 'picture')} with each other`);
      setText(byId('reading-count'), '');
      setText(byId('reading-left'), 'Every picture is compared with every other, so thousands of pictures take a while.');
      bar.removeAttribute('value');
      return;
    }
    if (!progress) return;
    const { done, total, secondsLeft } = progress;
    const waiting = page.state.engine.state !== 'ready';
    setText(byId('reading-text'), waiting ? 'Waiting for the face engine' : 'Looking for faces');
    setText(byId('reading-count'), `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`);
    const left = secondsLeft === null || waiting ? '' : `${timeLeftText(secondsLeft)}. `;
    const capital = left.charAt(0).toUpperCase() + left.slice(1);
    setText(byId('reading-left'), `${capital}You can stop at any time and keep what has been measured so far.`);
    bar.max = total;
    bar.value = done;
    bar.setAttribute('aria-valuetext', `${done} of ${counted(total, 'picture')}`);
  };
  page.subscribe(show);
  evaluation.subscribe(show);
}
