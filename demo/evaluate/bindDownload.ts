import { byId } from '../ui/byId.js';
import { saveText } from '../ui/saveText.js';
import { setText } from '../ui/setText.js';
import { calibrationOf } from './calibrationOf.js';
import { codeLine } from './codeLine.js';
import type { EvaluationStore } from './EvaluationState.js';

const FILE = 'operating-points.json';
const COPY = 'Copy the line';
const NONE = 'There are none to save, because these pictures don’t support any rate. The list on this page says what is missing.';

/** Saves the operating points as the file that the SDK accepts. */
export function bindDownload(evaluation: EvaluationStore, say: (text: string) => void): void {
  const save = byId('download-button', HTMLButtonElement);
  const name = byId('set-name', HTMLInputElement);
  const copy = byId('copy-button', HTMLButtonElement);
  const line = byId('code-line');
  let shown: unknown = null;

  // Browsers keep the clipboard from insecure pages.
  copy.hidden = navigator.clipboard === undefined;
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(line.textContent).then(
      () => {
        setText(copy, 'Copied');
        say('Copied.');
        setTimeout(() => setText(copy, COPY), 2000);
      },
      () => say('This browser doesn’t let the page copy. Select the line instead.'),
    );
  });
  save.addEventListener('click', () => {
    const measured = calibrationOf(evaluation.state, name.value.trim() || evaluation.state.setName);
    if (measured?.fault === '') saveText(FILE, `${JSON.stringify(measured.calibration, null, 2)}\n`, 'application/json');
  });

  evaluation.subscribe((state) => {
    const { report, info, stopped, setName, fusedLeft } = state;
    if (!report || !info) return;
    setText(line, codeLine(info.model, FILE));
    const none = report.operatingPoints.length === 0;
    const fault = none ? '' : (calibrationOf(state, setName)?.fault ?? '');
    const empty = none || fault !== '';
    byId('download').dataset.empty = String(empty);
    for (const part of [save, byId('code'), name.parentElement!]) part.hidden = empty;
    // With only some of its curves, the file would decide differently for several frames.
    save.disabled = fusedLeft > 0;
    setText(byId('download-text'), none ? NONE : wordsFor(fault, fusedLeft));
    if (report === shown) return;
    shown = report;
    name.value = stopped ? `${setName}, ${stopped.done} of ${stopped.total} pictures` : setName;
  });
}

function wordsFor(fault: string, fusedLeft: number): string {
  if (fault)
    return `There are none to save, because the SDK would refuse them: ${fault}. Either to this model these faces hardly differ, or there are too few of them.`;
  return fusedLeft > 0
    ? 'Curves for several frames are still being measured.'
    : 'The thresholds for one frame and for several, with what they were measured on. No pictures, no embeddings.';
}
