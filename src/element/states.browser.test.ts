import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { button, mount, textOf, until } from './fixtures/mount.js';
import { leaveState, STATES } from './fixtures/states.js';

afterEach(() => {
  vi.restoreAllMocks();
  leaveState();
});

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
