import { page } from 'vitest/browser';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Drawn } from './fixtures/mount.js';
import { leaveState, STATES } from './fixtures/states.js';
import { pseudoWords } from './words/fixtures/pseudoWords.js';

/** The narrowest screen, where somebody has set letters twice as large (WCAG 2.2, 1.4.4 and 1.4.10). */
const NARROW = 320;
const LARGE = '200%';

/** Rounded edges. */
const TOLERANCE = 1;

beforeAll(() => page.viewport(NARROW, 640));
afterAll(() => page.viewport(414, 896));
afterEach(() => {
  vi.restoreAllMocks();
  document.documentElement.style.fontSize = '';
  leaveState();
});

/** What is shown of the element, as a whole screen or in its place. */
const rootOf = (element: Drawn) => element.renderRoot.querySelector('.base')!;

/** The elements that hold text of their own and are seen; what is for screen readers alone is not. */
function texts(element: Drawn): HTMLElement[] {
  const hidden = (node: Element) =>
    node.closest('.status, [hidden], option, svg, video') !== null || !(node as HTMLElement).checkVisibility();
  return [...rootOf(element).querySelectorAll<HTMLElement>('*')].filter(
    (node) =>
      !hidden(node) && [...node.childNodes].some(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent!.trim() !== ''),
  );
}

/** Texts that stick out of what clips them, or of the screen. */
function cut(element: Drawn): string[] {
  const root = rootOf(element).getBoundingClientRect();
  const out: string[] = [];
  for (const node of texts(element)) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, width } = range.getBoundingClientRect();
    if (width === 0) continue;
    const said = `“${node.textContent.trim().slice(0, 40)}” (${node.localName}.${node.className}), ${Math.round(left)} … ${Math.round(right)}`;
    if (left < root.left - TOLERANCE || right > root.right + TOLERANCE) out.push(`sticks out sideways: ${said}`);
    if (getComputedStyle(node).overflow !== 'visible' && node.scrollHeight > node.clientHeight + TOLERANCE) out.push(`is clipped: ${said}`);
  }
  if (document.documentElement.scrollWidth > NARROW)
    out.push(`the page scrolls sideways, by ${document.documentElement.scrollWidth - NARROW}`);
  return out;
}

/** What is pressed or picked, as far as it is seen. */
function controls(element: Drawn): HTMLElement[] {
  const all = [...rootOf(element).querySelectorAll<HTMLElement>('button, input, select, summary')];
  return all.filter((control) => control.checkVisibility());
}

/** Buttons that something else lies on, or that are smaller than WCAG 2.2, 2.5.8 allows. */
function outOfReach(element: Drawn): string[] {
  return controls(element).flatMap((control) => {
    control.scrollIntoView({ block: 'nearest' });
    const { left, top, width, height } = control.getBoundingClientRect();
    const found = (element.renderRoot as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2);
    const name = (control.getAttribute('aria-label') ?? control.textContent).trim();
    if (!found || !(control.contains(found) || found.contains(control))) return [`${found?.className} lies on “${name}”`];
    return width < 24 || height < 24 ? [`“${name}” is ${width} × ${height}`] : [];
  });
}

describe.each(Object.entries(STATES))('%s, with letters twice as large on a screen 320 pixels wide', (name, state) => {
  it.each(['en-XA', 'ar-XB'] as const)('shows everything in %s, and nothing that is not translated', async (locale) => {
    document.documentElement.style.fontSize = LARGE;
    const element = await state();
    element.words = pseudoWords(locale);
    await element.updateComplete;
    expect(texts(element)).not.toEqual([]);
    // After a match there is nothing left to do.
    expect(controls(element).length > 0).toBe(name !== 'a match');
    expect(cut(element)).toEqual([]);
    expect(outOfReach(element)).toEqual([]);
    const translated = locale === 'en-XA' ? /^\[.*\]$/s : /^[^\p{L}]*(\u202e|$)/u;
    const whole = (node: HTMLElement) => (node.closest('p, button, label, h1, h2, h3, li, summary, dt, dd') ?? node).textContent.trim();
    const untranslated = texts(element)
      .map(whole)
      .filter((text) => /\p{L}/u.test(text) && !translated.test(text));
    expect(untranslated).toEqual([]);
    element.cancel();
  });
});

it('moves nothing where people want less motion', () => {
  const rules = (sheets: Iterable<CSSStyleSheet>) => [...sheets].flatMap(({ cssRules }) => [...cssRules]);
  return STATES.looking().then((element) => {
    const [reduced] = rules((element.renderRoot as ShadowRoot).adoptedStyleSheets).filter(
      (rule): rule is CSSMediaRule => rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-reduced-motion: reduce'),
    );
    expect(reduced.cssText).toMatch(/animation: [^;]*none[^;]*!important/);
    element.cancel();
  });
});
