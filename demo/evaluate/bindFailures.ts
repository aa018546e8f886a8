import type { QualityReason } from '../../src/index.js';
import { counted } from '../photos/counted.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { EvaluationStore } from './EvaluationState.js';

/** How many paths are listed; the rest are counted. */
const NAMED = 60;

const REASONS: Record<QualityReason, string> = {
  'too-far': 'the face is small',
  'too-close': 'the face fills the picture',
  'cut-off': 'the face is cut off',
  'turned-away': 'the face is turned away',
  tilted: 'the head is tilted',
  'too-dark': 'the face is dark',
  'too-bright': 'the face is too bright',
  'side-light': 'light from one side',
  'low-contrast': 'little contrast',
  blurred: 'blurred',
  covered: 'part of the face is covered',
  'not-a-face': 'it looks like a drawing',
};

/** Pictures that gave nothing to compare, people without any, and what the quality check would refuse. */
export function bindFailures(evaluation: EvaluationStore): void {
  const box = byId('failures', HTMLDetailsElement);
  let shown: unknown = null;
  evaluation.subscribe(({ phase, report }) => {
    const { failures, quality, embedded } = report ?? {};
    const failed = failures?.pictures.length ?? 0;
    const refused = quality?.refused ?? 0;
    box.hidden = phase !== 'done' || failed + refused === 0;
    if (report === shown) return;
    shown = report;
    if (!failures || !quality) return;
    // If there is nothing else, the reasons are the result.
    box.open = embedded === 0;
    const title = failed > 0 ? `${counted(failed, 'picture')} left out` : 'No picture left out';
    setText(byId('failures-title'), refused > 0 ? `${title}, ${refused.toLocaleString('en')} of low quality` : title);
    const named = (faceless: boolean) =>
      failures.pictures.filter(({ error }) => (error === 'no-face') === faceless).map(({ file }) => file);
    byId('failures-reasons').replaceChildren(
      ...line(`This browser can’t read ${counted(failures.unreadable, 'file')}`, named(false)),
      ...line(`No face was found in ${counted(failures.noFace, 'picture')}`, named(true)),
      ...line(`${counted(failures.enroll.count, 'person has', 'people have')} no usable picture`, failures.enroll.identities),
      ...line(
        `The quality check would refuse ${counted(refused, 'picture')} (they still count)`,
        Object.entries(quality.reasons).map(([reason, count]) => `${REASONS[reason as QualityReason] ?? reason} ${count}`),
      ),
    );
  });
}

function line(what: string, names: readonly string[]): HTMLElement[] {
  if (names.length === 0) return [];
  const row = document.createElement('p');
  const head = document.createElement('b');
  head.textContent = `${what}: `;
  const more = names.length > NAMED ? ` and ${(names.length - NAMED).toLocaleString('en')} more` : '';
  row.append(head, names.slice(0, NAMED).join(', ') + more);
  return [row];
}
