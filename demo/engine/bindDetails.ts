import { engineMemory } from '../../src/testing.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { showFigures } from '../ui/showFigures.js';
import { backendChoice, chooseBackend } from './backendChoice.js';
import { bindModelChoice } from './bindModelChoice.js';
import type { EngineHost } from './EngineHost.js';

const PERIOD = 2000;

/** What the engine runs on and how fast, updated while it is visible. */
export function bindDetails(store: PageStore, host: EngineHost): void {
  const details = byId('details', HTMLDetailsElement);
  const list = byId('details-list');
  const backend = byId('backend', HTMLSelectElement);
  let timer: ReturnType<typeof setInterval> | undefined;

  const show = async () => {
    const { engine, frameMs } = store.state;
    if (!host.verifier || engine.state !== 'ready') {
      showFigures(list, [['Engine', 'not ready']]);
      return;
    }
    const memory = await engineMemory(host.verifier).catch(() => null);
    const { info, loadMs } = engine;
    showFigures(list, [
      ['Backend', `${info.backend}, ${info.build}`],
      ['Threads', `${info.threads}`],
      ['Fell back from', info.fallbacks.map(({ from, reason }) => `${from}: ${reason}`).join('; ') || 'nothing'],
      ['Runs in', info.thread === 'worker' ? 'a worker' : 'the page’s main thread'],
      ['Model', `${info.model} ${info.modelVersion}`],
      ['License of the model', info.license],
      ['Pipeline, SDK', `${info.pipelineVersion}, ${info.version}`],
      ['Loaded in', `${(loadMs / 1000).toFixed(1)} s`],
      ...(frameMs === null ? [] : [['Time per picture', `${Math.round(frameMs)} ms`] as const]),
      ['Tensors', memory ? `${memory.tensors}, ${(memory.bytes / 1e6).toFixed(1)} MB` : 'unknown'],
    ]);
  };

  bindModelChoice();
  backend.value = backendChoice();
  backend.addEventListener('change', () => chooseBackend(backend.value));
  details.addEventListener('toggle', () => {
    clearInterval(timer);
    timer = undefined;
    if (!details.open) return;
    void show();
    timer = setInterval(() => {
      if (!document.hidden) void show();
    }, PERIOD);
  });
}
