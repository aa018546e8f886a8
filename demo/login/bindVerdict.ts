import type { Outcome } from '../state/Outcome.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { describeRate, oneIn } from '../ui/describeRate.js';
import { drawGauge } from '../ui/drawGauge.js';
import { prefersStill } from '../ui/prefersStill.js';
import { setText } from '../ui/setText.js';
import { showFigures } from '../ui/showFigures.js';

/** The outcome of the last button press, with the gauge and the figures of a verdict. */
export function bindVerdict(store: PageStore, say: (text: string) => void): void {
  const box = byId('verdict');
  const gauge = byId('verdict-gauge');
  const figures = byId('verdict-figures');
  let shown: Outcome | null = null;

  store.subscribe(({ outcome }) => {
    if (outcome === shown) return;
    shown = outcome;
    box.hidden = outcome === null;
    box.dataset.outcome = outcome?.kind ?? '';
    const verdict = outcome?.kind === 'verdict' ? outcome : null;
    box.dataset.verdict = verdict ? (verdict.match ? 'match' : 'no-match') : 'none';
    if (verdict) box.dataset.distance = verdict.distance.toFixed(4);
    else delete box.dataset.distance;
    drawGauge(gauge, verdict);
    showFigures(figures, outcome ? figuresOf(outcome) : []);
    if (!outcome) return;
    const { title, text, icon } = wordsFor(outcome);
    setText(byId('verdict-title'), title);
    setText(byId('verdict-text'), text);
    byId('verdict-icon', SVGUseElement).setAttribute('href', `#icon-${icon}`);
    say(`${title}. ${text}`);
    box.scrollIntoView({ block: 'nearest', behavior: prefersStill() ? 'auto' : 'smooth' });
  });
}

function figuresOf(outcome: Outcome): [string, string][] {
  if (outcome.kind === 'enrolled') {
    return [
      ['Pictures', `${outcome.captures}`],
      ['Consistency', outcome.consistency.toFixed(2)],
    ];
  }
  if (outcome.kind !== 'verdict') return [];
  return [
    ['Strictness', `1 in ${oneIn(outcome.fmr)}`],
    ['Time per frame', `${Math.round(outcome.frameMs)} ms`],
    ['Frames compared', `${outcome.frames}`],
  ];
}

function wordsFor(outcome: Outcome): { title: string; text: string; icon: 'check' | 'cross' | 'info' } {
  switch (outcome.kind) {
    case 'verdict': {
      if (outcome.severalPeople) {
        return { title: 'Not recognized', text: 'The frames don’t all show the same person.', icon: 'cross' };
      }
      const rate = `${describeRate(outcome.estimatedFmr, outcome.points)} strangers would get this close.`;
      return outcome.match
        ? { title: 'Welcome back', text: `Your face matches the enrolled one. ${rate}`, icon: 'check' }
        : { title: 'Not recognized', text: `This face differs too much from the enrolled one. ${rate}`, icon: 'cross' };
    }
    case 'enrolled':
      return {
        title: 'You’re enrolled',
        text: `Your template was made from ${outcome.captures} pictures${outcome.kept ? ' and stored, encrypted' : ''}. The pictures are deleted.`,
        icon: 'check',
      };
    case 'failed':
      return { title: outcome.title, text: outcome.text, icon: 'info' };
    case 'forgotten':
      return {
        title: 'Forgotten',
        text: 'Your template and its key are deleted. Nothing about you is left in this browser.',
        icon: 'check',
      };
  }
}
