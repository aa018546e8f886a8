import { toCalibration } from '../../src/evaluation.js';
import { byId } from '../ui/byId.js';
import { saveText } from '../ui/saveText.js';
import { setText } from '../ui/setText.js';
import type { EvaluationStore } from './EvaluationState.js';

const FILE = 'operating-points.json';
const CODE = `const verifier = await createFaceVerifier({ operatingPoints: await (await fetch('${FILE}')).json() });`;
const COPY = 'Copy the line';

/** Saves the operating points as the file that the SDK accepts. */
export function bindDownload(evaluation: EvaluationStore, say: (text: string) => void): void {
  const save = byId('download-button', HTMLButtonElement);
  const name = byId('set-name', HTMLInputElement);
  const copy = byId('copy-button', HTMLButtonElement);
  let shown: unknown = null;

  setText(byId('code-line'), CODE);
  // Browsers keep the clipboard from insecure pages.
  copy.hidden = navigator.clipboard === undefined;
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(CODE).then(
      () => {
        setText(copy, 'Copied');
        say('Copied.');
        setTimeout(() => setText(copy, COPY), 2000);
      },
      () => say('This browser doesn’t let the page copy. Select the line instead.'),
    );
  });
  save.addEventListener('click', () => {
    const { report, plain, fused, info, setName } = evaluation.state;
    if (!report || !info) return;
    const dataset = name.value.trim() || setName;
    const cohort = info.normalized?.cohort.sha256;
    const calibration =
      plain && cohort ? toCalibration(info, dataset, plain, [], { cohort, report, fused }) : toCalibration(info, dataset, report, fused);
    saveText(FILE, `${JSON.stringify(calibration, null, 2)}\n`, 'application/json');
  });

  evaluation.subscribe(({ report, stopped, setName, fusedLeft }) => {
    if (!report) return;
    const none = report.operatingPoints.length === 0;
    byId('download').dataset.empty = String(none);
    for (const part of [save, byId('code'), name.parentElement!]) part.hidden = none;
    // With only some of its curves, the file would decide differently for several frames.
    save.disabled = fusedLeft > 0;
    setText(
      byId('download-text'),
      none
        ? 'There are none to save, because these pictures don’t support any rate. The list on this page says what is missing.'
        : fusedLeft > 0
          ? 'Curves for several frames are still being measured.'
          : 'The thresholds for one frame and for several, with what they were measured on. No pictures, no embeddings.',
    );
    if (report === shown) return;
    shown = report;
    name.value = stopped ? `${setName}, ${stopped.done} of ${stopped.total} pictures` : setName;
  });
}
