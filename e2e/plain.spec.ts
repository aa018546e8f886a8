import { expect, test, type Page } from '@playwright/test';
import { facePath, newProfile, visit } from './launch.js';
import { openSite } from './site.js';

/** Opens the plain page, whose answer `check` looks at. */
async function onPlainPage(options: Parameters<typeof openSite>[0], check: (page: Page) => Promise<void>): Promise<void> {
  const site = await openSite({ ...options, plain: true });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}examples/plain.html`);
    await check(page);
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
}

test('dist/visavis.js works from a plain HTML file, without a bundler', () =>
  onPlainPage({}, async (page) => {
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

    await page.locator('#second').setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await expect(answer).not.toHaveText(/^(Comparing|No)/);
    // Of a photo that another took the place of at once, nothing is said any more.
    const said = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const [first, second] = document.querySelectorAll('input');
          const place = document.querySelector('#answer')!;
          const texts: string[] = [];
          new MutationObserver(() => {
            texts.push(place.textContent);
            if (place.textContent.startsWith('Yes')) resolve(texts);
          }).observe(place, { childList: true });
          const choose = (files: FileList) => {
            second.files = files;
            second.dispatchEvent(new Event('change', { bubbles: true }));
          };
          choose(second.files!);
          choose(first.files!);
        }),
    );
    expect(said).toEqual(['Comparing …', expect.stringMatching(/^Yes: distance \d/)]);
    await page.locator('#second').setInputFiles([]);
    await expect(answer).toHaveText('Choose two photos.');
  }));

test('a plain page says what went wrong in words for people, without the address of their page for developers', () =>
  onPlainPage({ fault: { file: 'mobilenet-160/manifest.json', kind: 'missing' } }, async (page) => {
    const answer = page.locator('#answer');
    await expect(answer).toContainText('mobilenet-160/manifest.json');
    await expect(answer).not.toContainText('#model-missing');
  }));
