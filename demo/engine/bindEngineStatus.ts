import type { LoadStage } from '../../src/index.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { formatBytes } from '../ui/formatBytes.js';
import { setText } from '../ui/setText.js';

const STAGES: Record<LoadStage, string> = {
  backend: 'Starting the engine',
  download: 'Downloading models',
  'warm-up': 'Warming up',
  ready: 'Ready',
};

/** Shows how far the engine has loaded. */
export function bindEngineStatus(store: PageStore): void {
  const box = byId('engine-status');
  const text = byId('engine-text');
  const bytes = byId('engine-bytes');
  const bar = byId('engine-progress', HTMLProgressElement);

  store.subscribe(({ engine }) => {
    box.dataset.state = engine.state;
    bar.hidden = engine.state !== 'loading';
    if (engine.state !== 'loading') {
      setText(text, engine.state === 'ready' ? 'Face engine ready' : 'Face engine stopped');
      setText(bytes, '');
      return;
    }
    const { stage, loaded, total, retry } = engine;
    box.dataset.stage = stage;
    setText(text, retry ? `A download failed, trying again (${retry.attempt} of ${retry.attempts})` : STAGES[stage]);
    const measured = stage === 'download' && total > 0;
    setText(bytes, measured ? formatBytes(loaded, total) : '');
    if (measured) {
      bar.value = Math.round((100 * loaded) / total);
      bar.setAttribute('aria-valuetext', `${STAGES[stage]}, ${formatBytes(loaded, total)}`);
    } else {
      bar.removeAttribute('value');
      bar.setAttribute('aria-valuetext', STAGES[stage]);
    }
  });
}
