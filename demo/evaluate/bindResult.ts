import { counted } from '../photos/counted.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import { showFigures } from '../ui/showFigures.js';
import type { EvaluationState, EvaluationStore, Stopped } from './EvaluationState.js';
import { distanceText, intervalText, percent } from './format.js';

/** What was measured, in numbers, and whether that is all. */
export function bindResult(evaluation: EvaluationStore, say: (text: string) => void): void {
  let shown: unknown = null;
  evaluation.subscribe((state) => {
    const { phase, report, stopped } = state;
    byId('evaluation').dataset.phase = phase;
    byId('result').hidden = phase !== 'done';
    if (phase !== 'done' || !report || report === shown) return;
    shown = report;
    const summary = `${counted(report.pictures, 'picture')} of ${counted(new Set(state.pictures.map(({ identity }) => identity)).size, 'person', 'people')}`;
    setText(byId('summary'), summary);
    byId('stopped').hidden = !stopped;
    setText(byId('stopped-text'), stopped ? stoppedText(stopped) : '');
    showFigures(byId('figures'), figures(state));
    say(`Measured on ${summary}. ${stopped ? stoppedText(stopped) : ''}`);
  });
}

function stoppedText({ done, total, why }: Stopped): string {
  const how = why === 'canceled' ? 'Stopped' : 'The face engine stopped';
  return `${how} after ${done.toLocaleString('en')} of ${counted(total, 'picture')}. Everything below is based on these only.`;
}

function figures({ report, info, pictureMs }: EvaluationState): (readonly [string, string])[] {
  const { identities, embedded, genuinePairs, impostorPairs, equalErrorRate, quality } = report!;
  const number = (n: number) => n.toLocaleString('en');
  return [
    ['People with a usable picture', number(identities)],
    ['Pictures with a face', number(embedded)],
    ['Genuine pairs', number(genuinePairs)],
    ['Pairs of strangers', number(impostorPairs)],
    ...(equalErrorRate
      ? ([
          ['Equal error rate', `${percent(equalErrorRate.rate)} at ${distanceText(equalErrorRate.threshold)}`],
          ['Its 95 % interval', intervalText(equalErrorRate.interval)],
        ] as const)
      : []),
    ['The quality check would refuse', counted(quality.refused, 'picture')],
    ['Model', `${info!.model} ${info!.modelVersion}`],
    ['Backend', `${info!.backend}, ${info!.build}, ${counted(info!.threads, 'thread')}`],
    ['Time per picture', `${Math.round(pictureMs)} ms`],
  ];
}
