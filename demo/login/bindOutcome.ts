import type { Outcome } from '../state/Outcome.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { describeRate, oneIn } from '../ui/describeRate.js';
import { drawGauge } from '../ui/drawGauge.js';
import { setText } from '../ui/setText.js';
import { showFigures } from '../ui/showFigures.js';

/**
 * Figures of what has passed, for who wants to know. Of who was refused there are none: they would tell an impostor how near they came.
 */
export function bindOutcome(store: PageStore, say: (text: string) => void): void {
  const box = byId('verdict');
  let shown: Outcome | null = null;

  store.subscribe(({ outcome }) => {
    if (outcome === shown) return;
    shown = outcome;
    box.hidden = outcome === null;
    box.dataset.outcome = outcome?.kind ?? '';
    drawGauge(byId('verdict-gauge'), outcome?.kind === 'match' ? readingOf(outcome) : null);
    showFigures(byId('verdict-figures'), outcome ? figuresOf(outcome) : []);
    if (!outcome) return;
    const [title, text] = wordsFor(outcome);
    setText(byId('verdict-title'), title);
    setText(byId('verdict-text'), text);
    if (outcome.kind === 'forgotten') say(`${title}. ${text}`);
  });
}

type Match = Extract<Outcome, { kind: 'match' }>;

function readingOf({ result: { normalizedDistance, threshold }, points }: Match) {
  return { distance: normalizedDistance!, threshold, points };
}

function figuresOf(outcome: Outcome): [string, string][] {
  if (outcome.kind === 'match') {
    return [
      ['Strictness', `1 in ${oneIn(outcome.fmr)}`],
      ['Frames compared', `${outcome.result.frames}`],
    ];
  }
  if (outcome.kind === 'forgotten') return [];
  return [
    ['Pictures', `${outcome.captures}`],
    ['Consistency', outcome.consistency.toFixed(2)],
  ];
}

export function wordsFor(outcome: Outcome): readonly [title: string, text: string] {
  switch (outcome.kind) {
    case 'match':
      return ['The match in figures', `${describeRate(outcome.result.estimatedFmr!, outcome.points)} strangers would get this close.`];
    case 'enrolled':
      return ['Your template in figures', 'How well the pictures that it was made from agree: 1 is best.'];
    case 'forgotten':
      return outcome.left.length === 0
        ? ['Forgotten', 'Your template and its key are deleted. Nothing about you is left in this browser.']
        : ['Not everything is forgotten', `Your template and its key are deleted. ${outcome.left.join(' ')}`];
  }
}
