import { distance, estimateFmr, thresholdAt } from '../../src/index.js';
import type { EngineHost } from '../engine/EngineHost.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { describeRate, oneIn } from '../ui/describeRate.js';
import { drawGauge } from '../ui/drawGauge.js';
import { setText } from '../ui/setText.js';
import { showFigures } from '../ui/showFigures.js';
import { acceptPaste } from './acceptPaste.js';
import { PhotoSlot } from './PhotoSlot.js';

/** Compares two photos: are they of the same person? */
export function bindCompare(store: PageStore, host: EngineHost, say: (text: string) => void): void {
  const box = byId('compare-verdict');
  const title = byId('compare-title');
  const text = byId('compare-text');
  const badge = byId('compare-badge');
  const gauge = byId('compare-gauge');
  const figures = byId('compare-figures');
  const slots = ['slot-a', 'slot-b'].map((id) => new PhotoSlot(byId(id), host, () => update()));

  const showNone = () => {
    box.dataset.verdict = 'none';
    delete box.dataset.distance;
    badge.hidden = true;
    setText(title, 'Two photos, one question');
    setText(text, 'Are they the same person? Add both to find out.');
    drawGauge(gauge, null);
    showFigures(figures, []);
  };
  const update = () => {
    const { engine, compareFmr: fmr } = store.state;
    const [a, b] = slots.map((slot) => slot.result);
    if (!a || !b || engine.state !== 'ready') {
      showNone();
      return;
    }
    const points = engine.info.operatingPoints;
    const d = distance(a.embedding, b.embedding);
    const threshold = thresholdAt(points, fmr);
    const same = d <= threshold;
    const doubtful = [a, b].some(({ face }) => face.quality.reasons.length > 0);
    box.dataset.verdict = same ? 'match' : 'no-match';
    box.dataset.distance = d.toFixed(4);
    badge.hidden = false;
    byId('compare-icon', SVGUseElement).setAttribute('href', same ? '#icon-check' : '#icon-cross');
    setText(title, same ? 'Same person' : 'Different people');
    setText(
      text,
      `${describeRate(estimateFmr(points, d), points)} pairs of strangers look this much alike.` +
        (doubtful ? ' At least one photo isn’t good, so this is less certain.' : ''),
    );
    drawGauge(gauge, { distance: d, threshold, points });
    showFigures(figures, [['Strictness', `1 in ${oneIn(fmr)}`]]);
    say(`${title.textContent}. Distance ${d.toFixed(2)}, threshold ${threshold.toFixed(2)}.`);
  };

  acceptPaste(slots, () => store.state.tab === 'compare');
  let decidedBy = '';
  store.subscribe(({ compareFmr: fmr, engine }) => {
    if (decidedBy === `${fmr} ${engine.state}`) return;
    decidedBy = `${fmr} ${engine.state}`;
    update();
  });
}
