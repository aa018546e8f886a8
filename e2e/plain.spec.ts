import { expect, test } from '@playwright/test';
import { facePath, newProfile, visit } from './launch.js';
import { openSite } from './site.js';

test('dist/visavis.js works from a plain HTML file, without a bundler', async () => {
  const site = await openSite({ plain: true });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}examples/plain.html`);
    const answer = page.locator('#answer');
    await expect(answer).toHaveText('Choose two photos.');
    await page.locator('#first').setInputFiles(facePath('person01-a-front'));
    await page.locator('#second').setInputFiles(facePath('person01-b-window-left'));
    const figures = async () =>
      /distance (\S+), threshold (\S+)\.$/
        .exec((await answer.textContent()) ?? '')!
        .slice(1)
        .map(Number);
    await expect(answer).toHaveText(/^Yes: distance 0\.\d+/);
    const [near, limit] = await figures();
    expect(near).toBeLessThanOrEqual(limit);
    await page.locator('#second').setInputFiles(facePath('person06-a-front'));
    await expect(answer).toHaveText(/^No \(different-person\): distance 1\.\d+/);
    const [far, same] = await figures();
    expect(far).toBeGreaterThan(same);
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});

test('a plain page says what went wrong in words for people, without the address of their page for developers', async () => {
  const site = await openSite({ plain: true, fault: { file: 'mobilenet-160/manifest.json', kind: 'missing' } });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}examples/plain.html`);
    const answer = page.locator('#answer');
    await expect(answer).toContainText('mobilenet-160/manifest.json');
    await expect(answer).not.toContainText('#model-missing');
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});
