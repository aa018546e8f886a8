import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { capture, enroll, loginButton, ready } from './demoPage.js';
import { newProfile, visit } from './launch.js';
import { openSite } from './site.js';

/** Everything that a page can keep in a browser. */
const kept = async () => {
  const files: string[] = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  return {
    databases: (await indexedDB.databases()).map(({ name }) => name).sort(),
    caches: await caches.keys(),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
    files,
  };
};

test('a person takes their data, a stranger has to wait after four refusals, and forgetting leaves nothing', async () => {
  const site = await openSite();
  const profile = await newProfile();
  try {
    const own = await visit(profile.folder, { films: 'person01-a-front' });
    try {
      const page = await own.context.newPage();
      await page.goto(site.url);
      await ready(page);
      await expect(page.locator('#data-button')).toBeHidden();
      await enroll(page);
      const downloading = page.waitForEvent('download');
      await page.locator('#data-button').click();
      const data = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as { templates: { embedding: number[] }[] };
      expect(data.templates.map(({ embedding }) => embedding.length)).toEqual([128]);
    } finally {
      await own.close();
    }

    const stranger = await visit(profile.folder, { films: 'person06-a-front' });
    try {
      const page = await stranger.context.newPage();
      await page.goto(site.url);
      await ready(page);
      const title = capture(page).locator('.title');
      /** What one log-in ends with: `Not recognized` or, while it has to wait, `Too many tries`. */
      const logIn = async () => {
        await loginButton(page).click();
        await expect(capture(page)).toHaveAttribute('phase', /^(done|failed)$/);
        return title.textContent();
      };
      for (let n = 1; n <= 4; n++) expect(await logIn()).toBe('Not recognized');
      // Waits start with their attempt and double: on a slow machine the first may already be over.
      await expect(async () => expect(await logIn()).toBe('Too many tries')).toPass({ timeout: 200_000, intervals: [0] });
      await expect(capture(page)).toContainText(/Try again in \d+ second/);

      const before = await page.evaluate(kept);
      expect(before.databases).toEqual(expect.arrayContaining(['visavis-attempts-capture-me', 'visavis-vault-demo']));
      expect(before.caches.length).toBe(1);
      await page.locator('#liveness-switch').check({ force: true });
      await page.evaluate(() => localStorage.setItem('visavis-demo-model', 'mobilenet-160'));
      await page.locator('#forget-button').click();
      await page.locator('#forget-confirm').click();
      await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'forgotten');
      // The button that was pressed is gone.
      await expect(page.locator('#verdict-title')).toBeFocused();
      expect(await page.evaluate(kept)).toEqual({ databases: [], caches: [], local: [], session: [], cookies: '', files: [] });
    } finally {
      await stranger.close();
    }
  } finally {
    await profile.remove();
    await site.close();
  }
});
