import type { PageStore } from '../state/PageState.js';
import { byId } from './byId.js';
import { measuredOn } from './measuredOn.js';
import { setText } from './setText.js';

/** Says what the thresholds were measured on once that is known. */
export function bindMeasurement(store: PageStore): void {
  const truth = byId('truth-measurement');
  store.subscribe(({ engine }) => {
    if (engine.state === 'ready' && engine.info.measurement) setText(truth, measuredOn(engine.info.measurement));
  });
}
