import { beforeEach, expect, it, vi } from 'vitest';
import type { CapturePhase } from '../../src/index.js';
import type { EngineHost } from '../engine/EngineHost.js';
import { createPageStore } from '../state/PageState.js';
import { CaptureDesk } from './CaptureDesk.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

vi.mock('../../src/element.js', () => ({}));

/** `<visavis-capture>`, as far as the page knows it. */
class Capture extends EventTarget {
  readonly dataset: Record<string, string> = {};
  mode = 'verify';
  phase: CapturePhase = 'idle';
  fmr: number | null = null;
  liveness = false;
  inert = false;

  enter(phase: CapturePhase): void {
    this.phase = phase;
    this.dispatchEvent(new CustomEvent('visavis-phase', { detail: { phase } }));
  }

  cancel(): void {
    this.enter('idle');
  }
}

let capture: Capture;
beforeEach(() => {
  capture = new Capture();
  vi.stubGlobal('document', { querySelector: () => capture });
});

const settled = () => new Promise((resolve) => setTimeout(resolve));

function open() {
  const store = createPageStore();
  const host = { verifier: { info: { operatingPoints: [], fused: [], normalized: null } } };
  const keeper = { get: () => Promise.resolve(undefined) };
  const desk = new CaptureDesk(store, host as unknown as EngineHost, keeper as unknown as TemplateKeeper);
  return { store, desk };
}

it('tells an outcome by what the capture began with, whatever is chosen meanwhile', async () => {
  const { store } = open();
  store.set({ enrollment: 'vault', fmr: 1e-3 });
  await settled();
  capture.enter('looking');
  store.set({ fmr: 1e-4, liveness: true });
  await settled();
  expect(capture).toMatchObject({ fmr: 1e-3, liveness: false });
  capture.enter('done');
  const result = { mode: 'verify', verification: { match: true, frames: 1 } };
  capture.dispatchEvent(new CustomEvent('visavis-done', { detail: { passed: true, result } }));
  await settled();
  expect(store.state.outcome).toMatchObject({ kind: 'match', fmr: 1e-3 });
  expect(capture).toMatchObject({ fmr: 1e-4, liveness: true });
});

it('goes back to the beginning where nobody is enrolled any more', async () => {
  const { store } = open();
  store.set({ enrollment: 'vault' });
  await settled();
  capture.enter('failed');
  await settled();
  expect(capture).toMatchObject({ mode: 'verify', phase: 'failed' });
  store.set({ enrollment: 'none' });
  await settled();
  expect(capture).toMatchObject({ mode: 'enroll', phase: 'idle' });
});

it('lets nobody begin while everything is being deleted', async () => {
  const { store } = open();
  expect(capture.inert).toBe(true);
  store.set({ enrollment: 'vault' });
  await settled();
  expect(capture.inert).toBe(false);
  store.set({ forgetting: true });
  await settled();
  expect(capture.inert).toBe(true);
});
