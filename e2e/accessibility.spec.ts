import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { capture, finishEnrollment, loginButton, ready } from './demoPage.js';
import type { VisavisCaptureElement } from '../src/element.js';
import { newProfile, visit, facePath } from './launch.js';
import { openSite } from './site.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong with the page in its current state, one line each. */
async function violations(page: Page): Promise<string[]> {
  // Not through a script element: the page's policy does not allow any.
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

/** Whatever moves stays at its first frame and is found by `moving`, however short it is. */
async function holdAnimations(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Animation.enable');
  await devtools.send('Animation.setPlaybackRate', { playbackRate: 0 });
}

/** How much moves on the page and in its elements: what a document finds does not include their shadow trees. */
const moving = (page: Page) =>
  page.evaluate(() => {
    const shadows = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return [document, ...shadows].flatMap((root) => root.getAnimations()).length;
  });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has nothing that axe objects to, and works by keyboard (${colorScheme})`, async () => {
    const site = await openSite();
    const profile = await newProfile();
    const { context, close } = await visit(profile.folder, { films: 'person01-a-front' });
    try {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await holdAnimations(context, page);
      await page.goto(site.url);
      await ready(page);
      await expect(capture(page).locator('.title')).toHaveText('Set up your face');
      expect(await violations(page)).toEqual([]);

      const agree = capture(page).getByLabel('I agree');
      await agree.focus();
      await page.keyboard.press('Space');
      await expect(agree).toBeChecked();
      // axe takes seconds on a busy machine: the wait lasts until it is skipped.
      await capture(page).evaluate((element: VisavisCaptureElement) => (element.getReady = 60_000));
      await capture(page).getByRole('button', { name: 'Start' }).focus();
      await page.keyboard.press('Enter');
      await expect(capture(page)).toHaveAttribute('phase', 'get-ready');
      expect(await violations(page)).toEqual([]);
      expect(await moving(page)).toBe(0);
      await capture(page).evaluate((element: VisavisCaptureElement) => (element.getReady = null));
      const skip = capture(page).locator('[part~=skip-button]');
      await skip.focus();
      await page.keyboard.press('Enter');
      await expect(skip).toHaveText('Skip');
      expect(await violations(page)).toEqual([]);
      expect(await moving(page)).toBe(0);
      // axe may have taken longer than the views, which end by themselves.
      if (await skip.isVisible()) await skip.press('Enter', { timeout: 15_000 }).catch(() => undefined);
      await finishEnrollment(page);
      expect(await violations(page)).toEqual([]);
      await loginButton(page).focus();
      await page.keyboard.press('Space');
      await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'match');
      expect(await violations(page)).toEqual([]);

      // People who want less motion are not shown changing colors.
      await page.locator('#liveness-switch').check();
      // The film, which stands still, would end it by itself.
      await capture(page).evaluate((element: VisavisCaptureElement) => (element.getReady = 60_000));
      await loginButton(page).click();
      await capture(page).getByRole('button', { name: 'Cancel' }).click();
      await capture(page).evaluate((element: VisavisCaptureElement) => (element.getReady = null));
      await expect(capture(page)).toContainText('You’ll be asked for 3 movements');
      await expect(capture(page).getByLabel('Light from the screen')).toHaveCount(0);
      await page.emulateMedia({ colorScheme, reducedMotion: 'no-preference' });
      await page.locator('#liveness-switch').uncheck();
      await page.locator('#liveness-switch').check();
      await expect(capture(page).getByLabel('Light from the screen')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });

      await page.locator('#tab-login').focus();
      await page.keyboard.press('ArrowRight');
      await expect(page.locator('#tab-compare')).toBeFocused();
      await page.locator('#photo-a').setInputFiles(facePath('person01-a-front'));
      await page.locator('#photo-b').setInputFiles(facePath('person06-a-front'));
      await expect(page.locator('#compare-verdict')).toHaveAttribute('data-verdict', 'no-match');
      expect(await violations(page)).toEqual([]);
      expect(await moving(page)).toBe(0);
    } finally {
      await close();
      await profile.remove();
      await site.close();
    }
  });
}
