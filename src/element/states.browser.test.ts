import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeCamera, giveCameras, withUserMedia } from '../client/fixtures/fakeCamera.js';
import { button, mount, textOf, until, type Drawn } from './fixtures/mount.js';

const sources: ReturnType<typeof fakeCamera>[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  for (const { freeze } of sources.splice(0)) freeze();
});

/** Every state that people meet, by how to get there. */
const STATES: Record<string, () => Promise<Drawn>> = {
  'the start': async () => (await mount()).element,
  'the consent': async () => {
    const { element } = await mount({ mode: 'enroll', retention: '30' });
    await element.start();
    await element.updateComplete;
    return element;
  },
  'asking for the camera': async () => {
    withUserMedia(() => new Promise(() => {}));
    return running('asking-for-camera', {});
  },
  'get ready': () => running('get-ready', { 'get-ready': '30000' }),
  looking: () => running('looking', {}),
  'a prompt that can be skipped': () => running('prompting', { mode: 'enroll', consent: 'given' }),
  'a match': () => ended('ann'),
  'no match': () => ended('bob'),
  'a blocked camera': async () => {
    withUserMedia(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    const { element } = await mount({}, { camera: null });
    await element.start();
    await element.updateComplete;
    return element;
  },
};

async function running(phase: 'asking-for-camera' | 'get-ready' | 'looking' | 'prompting', attributes: Record<string, string>) {
  if (phase !== 'asking-for-camera') giveCameras((sources[sources.length] = fakeCamera()));
  const { element, verifier } = await mount(attributes, { camera: { timeLimit: 60_000 }, getReady: Number(attributes['get-ready'] ?? 0) });
  verifier.sees = (asked) => (phase === 'prompting' && asked !== 'slightly-left' ? {} : { yaw: 5, reasons: ['too-dark'] });
  void element.start();
  await until(element, phase);
  return element;
}

async function ended(person: string) {
  const { element, verifier } = await mount();
  verifier.sees = { person };
  await element.start();
  await element.updateComplete;
  return element;
}

describe.each(Object.entries(STATES))('%s', (_, state) => {
  it('has nothing that axe objects to, in light and dark', async () => {
    const element = await state();
    for (const theme of ['light', 'dark'] as const) {
      element.theme = theme;
      await element.updateComplete;
      // Colors fade in: contrast is measured at the end.
      for (const animation of element.shadowRoot!.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
      const { violations } = await axe.run(element, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 90)).join(' | ')}`);
      expect(found).toEqual([]);
    }
    element.cancel();
  });
});

describe('by keyboard', () => {
  it('keeps the focus where the next thing is', async () => {
    const { element, verifier } = await mount();
    verifier.sees = 'nobody';
    button(element, 'Start').focus();
    const ended = element.start();
    await until(element, 'looking');
    expect(element.shadowRoot!.activeElement).not.toBeNull();
    element.cancel();
    await ended;
    await element.updateComplete;
    expect(textOf(element, '.title')).toBe('Confirm it’s you');
    expect(element.shadowRoot!.activeElement).not.toBeNull();
  });

  it('tells screen readers what is asked for and how it ended', async () => {
    const { element, camera } = await mount();
    Object.assign(camera, { pace: 5 });
    const said = new Set<string>();
    const watch = new MutationObserver(() => said.add(element.shadowRoot!.querySelector('[role=status]')?.textContent ?? ''));
    watch.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true });
    await element.start();
    await element.updateComplete;
    await Promise.resolve();
    watch.disconnect();
    expect([...said].join(' ')).toMatch(/Look straight into the camera.*Face matched\. Your face matches/);
  });
});
