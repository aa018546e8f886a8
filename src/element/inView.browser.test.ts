import { page } from 'vitest/browser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mount, type Drawn } from './fixtures/mount.js';

/** A phone. `npm run record` shows the same runs as pictures. */
beforeAll(() => page.viewport(390, 844));
afterAll(() => page.viewport(414, 896));
afterEach(() => document.body.replaceChildren());

/** What is wrong with the instruction as it stands now; null while there is nothing to do. */
function faultOf(element: Drawn): string | null {
  const root = element.shadowRoot!;
  const told = root.querySelector<HTMLElement>('.instruction .words');
  if (!told) return null;
  const { left, top, right, bottom } = told.getBoundingClientRect();
  const text = told.innerText.trim();
  if (text === '') return 'says nothing';
  if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return `“${text}” is out of view`;
  const lies = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!lies?.closest('.instruction')) return `${lies?.localName}.${lies?.className} lies on “${text}”`;
  const count = root.querySelector('.count span')?.getBoundingClientRect();
  return count && count.top < bottom ? `the count lies on “${text}”` : '';
}

/** Looks at all that is drawn until the element is done; resolves with the faults, and with all that was to be done. */
async function watched(element: Drawn): Promise<{ faults: string[]; told: string[] }> {
  const faults = new Set<string>();
  const told = new Set<string>();
  const watch = new MutationObserver(() => {
    const fault = faultOf(element);
    if (fault) faults.add(fault);
    if (fault !== null) told.add(element.shadowRoot!.querySelector<HTMLElement>('.instruction .words')!.innerText.trim());
  });
  watch.observe(element.shadowRoot!, { subtree: true, childList: true, attributes: true, characterData: true });
  await element.start();
  watch.disconnect();
  return { faults: [...faults], told: [...told] };
}

describe('on a phone, however far the page is scrolled', () => {
  it.each(['', '200%'])('an enrollment tells all there is to do in view, with letters of %s', async (size) => {
    document.documentElement.style.fontSize = size;
    const { element, camera } = await mount({ mode: 'enroll', consent: 'given' }, { getReady: 120 });
    document.body.append(Object.assign(document.createElement('div'), { style: 'height: 3000px' }));
    scrollTo(0, 2000);
    Object.assign(camera, { pace: 25 });
    const { faults, told } = await watched(element);
    document.documentElement.style.fontSize = '';
    expect(faults).toEqual([]);
    expect(told).toEqual(
      expect.arrayContaining([
        'Get ready',
        'Look straight into the camera',
        'Turn your head a little to your left',
        'Come a little closer',
      ]),
    );
  });

  it('a liveness session does, with what is wrong in between', async () => {
    const { element, verifier, camera } = await mount({ mode: 'check', liveness: '' }, { getReady: 120 });
    Object.assign(camera, { pace: 60 });
    let dark = 0; // for longer than a hint takes to be told
    verifier.sees = (asked) => (asked === 'face-camera' && dark++ < 30 ? { reasons: ['too-dark'] } : {});
    const { faults, told } = await watched(element);
    expect(faults).toEqual([]);
    // Three movements of those that there are, the wait before, the look at the end, and what is wrong there.
    expect(told.length).toBeGreaterThanOrEqual(6);
    expect(told).toContain('Face a light');
    expect(element.phase).toBe('done');
  });
});
