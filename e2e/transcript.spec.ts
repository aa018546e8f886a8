import { expect, test, type Page } from '@playwright/test';
import type { FakeVerifier } from '../src/testing.js';
import { newProfile, visit } from './launch.js';
import { openSite } from './site.js';

/** What is seen while each view is asked for, before the person does what is asked, and what is said of that; then they do, or skip it. */
const VIEWS = [
  { asked: 'front', before: 'nobody', said: 'Face the camera' },
  { asked: 'slightly-left', before: { yaw: 4 }, said: 'Turn a little more' },
  { asked: 'slightly-right', before: { reasons: ['too-dark'] }, said: 'Face a light' },
  { asked: 'other-distance', before: 'several', said: 'Only one person, please' },
] as const;

/** As a screen reader meets the page: its tree, numbers that count down left out, and what it says unasked. */
async function heard(page: Page, title: string): Promise<string> {
  const tree = await page.getByRole('main').ariaSnapshot();
  const said = await page.locator('visavis-capture').evaluate((element) => element.shadowRoot!.querySelector('[role=status]')!.textContent);
  return `# ${title}\n\n${tree.replace(/\b\d+ second/g, '… second')}\n\nsays: ${said.trim() || 'nothing'}\n`;
}

/** To change the transcript: npx playwright test e2e/transcript.spec.ts --update-snapshots, and read what has changed. */
test('an enrollment, as a screen reader tells it', async () => {
  const site = await openSite({ plain: true });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, { films: 'person01-a-front' });
  try {
    const page = await context.newPage();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${site.url}fixtures/enrollment.html`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    const element = page.locator('visavis-capture');
    const transcript = [await heard(page, 'The start')];
    await element.getByRole('button', { name: 'Start' }).click();
    transcript.push(await heard(page, 'Started without consent'));
    // It is not said unasked, but read: the focus is there.
    await expect(element.getByLabel('I agree')).toBeFocused();
    await expect(element.getByLabel('I agree')).toHaveAccessibleDescription(/^Check “I agree” to continue\./);
    await element.getByLabel('I agree').check();
    await page.evaluate((views) => {
      const { verifier } = globalThis as unknown as { verifier: FakeVerifier };
      const done: string[] = [];
      Object.assign(globalThis, { done });
      verifier.sees = (asked) => {
        const view = views.find((each) => each.asked === asked);
        if (view && !done.includes(view.asked)) return structuredClone(view.before);
        const poses: Record<string, object> = {
          'slightly-left': { yaw: 15 },
          'slightly-right': { yaw: -15 },
          'other-distance': { scale: 1.3 },
        };
        return poses[asked ?? ''] ?? {};
      };
    }, VIEWS);
    await element.getByRole('button', { name: 'Start' }).click();
    const status = element.locator('[role=status]');
    for (const { asked, said } of VIEWS) {
      // What was said last has its time first, and what is wrong is said then.
      await expect(status).toHaveText(said);
      transcript.push(await heard(page, asked));
      await page.evaluate((view) => (globalThis as unknown as { done: string[] }).done.push(view), asked);
    }
    await expect(element).toHaveAttribute('phase', 'done');
    await expect(status).toHaveText('Your face is set up. The pictures were deleted.');
    transcript.push(await heard(page, 'Enrolled'));
    expect(transcript.join('\n')).toMatchSnapshot('enrollment.txt');
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});
