import { describe, expect, it, vi } from 'vitest';
import { createFakeCamera } from '../client/testing/createFakeCamera.js';
import { createFakeVerifier } from '../client/testing/createFakeVerifier.js';
import { CaptureFlow } from './CaptureFlow.js';
import { EngineKeeper } from './EngineKeeper.js';
import type { FlowSettings } from './FlowSettings.js';

const SETTINGS: FlowSettings = {
  ...{ mode: 'check', fmr: null, liveness: false, getReady: 0, retention: null, verifier: null, renewFrom: null },
  ...{ engine: { modelsUrl: null, model: null, workerUrl: null }, camera: createFakeCamera() },
  ...{ template: null, templateId: null, vault: null, deviceKey: 'default', signing: null },
};

describe('the verifier of a try', () => {
  async function tried(verifier: unknown) {
    const load = vi.fn(() => Promise.resolve(createFakeVerifier()));
    const engine = new EngineKeeper(load);
    const flow = new CaptureFlow(engine, { onChange: () => {}, onCamera: () => {}, onEnd: () => {} });
    await flow.start(() => ({ ...SETTINGS, verifier: verifier as FlowSettings['verifier'] }));
    engine.drop();
    return { state: flow.state, loaded: load.mock.calls.length };
  }

  it('is the page’s own, or what its function gives, or else one that is loaded', async () => {
    const own = createFakeVerifier();
    for (const verifier of [own, () => own, () => Promise.resolve(own)]) {
      expect(await tried(verifier)).toMatchObject({ state: { phase: 'done' }, loaded: 0 });
    }
    expect(await tried(null)).toMatchObject({ state: { phase: 'done' }, loaded: 1 });
  });

  it('is not replaced by another model where the page’s function gives none', async () => {
    for (const none of [undefined, null, {}]) {
      const { state, loaded } = await tried(() => none);
      expect([state.phase, state.error?.name, loaded]).toEqual(['failed', 'TypeError', 0]);
      expect(state.error?.message).toMatch(/^expected verifier to give a face verifier, got/);
    }
  });
});
