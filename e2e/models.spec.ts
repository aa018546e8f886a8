import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { capture, enroll, logIn, loginButton, ready } from './demoPage.js';
import { newProfile, visit } from './launch.js';
import { openSite, type Site } from './site.js';

async function withPage(site: Site, act: (page: Page) => Promise<void>): Promise<void> {
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, { films: 'person01-a-front' });
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    await act(page);
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
}

async function figures(page: Page): Promise<string> {
  await page.locator('#details > summary').click();
  await expect(page.locator('#details-list')).toContainText('Model');
  return page.locator('#details-list').innerText();
}

test('who enrolled with one model and chooses the other is told so, enrolls again and is recognized', async () => {
  test.slow();
  await withPage(await openSite(), async (page) => {
    await ready(page);
    await enroll(page);

    expect(await figures(page)).toContain('mobilenet-160');
    const model = page.locator('#model');
    // Models that were added or imported into this checkout come behind.
    await expect(model.locator('option').nth(0)).toHaveText(/^MobileNet, \d+\.\d MB$/);
    await expect(model.locator('option').nth(1)).toHaveText(/^Inception, \d+\.\d MB$/);
    await model.selectOption('inception-160');

    await ready(page);
    await expect(page.locator('#notice')).toHaveAttribute('data-code', 'template-incompatible');
    await expect(page.locator('#notice')).toContainText(/mobilenet-160.*inception-160/);
    // The log-in itself refuses it too.
    await loginButton(page).click();
    await expect(capture(page).locator('.title')).toHaveText('Your enrollment is outdated');
    await expect(page.locator('#notice')).toContainText(/made by mobilenet-160.*runs inception-160/);

    // Also from where no capture is on view.
    await page.locator('#tab-compare').click();
    await page.locator('#notice-action').click();
    await expect(page.locator('#panel-login')).toBeVisible();
    await enroll(page);
    await expect(page.locator('#notice')).toBeHidden();
    expect((await logIn(page)).match).toBe(true);

    // Without the address too, on another day.
    await page.goto(new URL('./', page.url()).href);
    await ready(page);
    expect(await figures(page)).toContain('inception-160');
    await expect(page.locator('#notice')).toBeHidden();
    await page.locator('#model').selectOption('mobilenet-160');
    await ready(page);
    await expect(page.locator('#notice')).toContainText(/inception-160.*mobilenet-160/);
  });
});

test('the models that the site lists are offered, imported ones by their ids; who had chosen one that is gone goes back with one press', async () => {
  const list = JSON.stringify([
    { id: 'my-net', bytes: 1_234_567 },
    { id: 'mobilenet-160', bytes: 3_400_000 },
    { id: '../elsewhere', bytes: 1 },
  ]);
  const answer = (path: string, response: ServerResponse) => {
    if (!path.endsWith('/models/index.json')) return false;
    response.setHeader('Content-Type', 'application/json').end(list);
    return true;
  };
  const site = await openSite({ fault: { kind: 'missing', file: 'inception-160/manifest.json' }, answer });
  await withPage(site, async (page) => {
    await ready(page);
    await figures(page);
    await expect(page.locator('#model option')).toHaveText(['MobileNet, 3.4 MB', 'my-net, 1.2 MB']);
    expect(site.requests.filter((path) => path.endsWith('manifest.json') && !/blazeface|facemesh|mobilenet/.test(path))).toEqual([]);

    await page.evaluate(() => localStorage.setItem('visavis-demo-model', 'inception-160'));
    await page.reload();
    await expect(page.locator('#notice')).toHaveAttribute('data-code', 'model-missing');
    await expect(page.locator('#notice')).toContainText('inception-160/manifest.json');
    await page.locator('#notice-action').click();
    await ready(page);
    await expect(page.locator('#notice')).toBeHidden();
    expect(await figures(page)).toContain('mobilenet-160');
  });
});

/** What `visavis models add` or `visavis import` with `calibrate` leave: a folder of an id that this version does not know, without a cohort. */
function installed(id: string): (path: string, response: ServerResponse) => boolean {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../demo-dist/models/mobilenet-160', file));
  const { files, embedder, ...rest } = JSON.parse(read('manifest.json').toString()) as { files: { path: string }[]; embedder: object };
  const own = {
    ...rest,
    id,
    files: files.filter(({ path }) => path !== 'cohort.bin'),
    embedder: { ...embedder, cohort: undefined },
  };
  const list = ['mobilenet-160', id].map((each) => ({ id: each, architecture: 'MobileNet v1', bytes: 3_400_000 }));
  return (path, response) => {
    const [, file] = path.split(`/models/${id}/`);
    if (file !== undefined) response.end(file === 'manifest.json' ? JSON.stringify(own) : read(file));
    else if (path.endsWith('/models/index.json')) response.setHeader('Content-Type', 'application/json').end(JSON.stringify(list));
    else return false;
    return true;
  };
}

test('an installed model of another id is offered and loaded by every page; nothing is asked for in vain', async () => {
  test.slow();
  const site = await openSite({ answer: installed('added-160') });
  await withPage(site, async (page) => {
    const wrong: string[] = [];
    // The demo's server, which the page looks for, is not part of this site.
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.includes('/api/')) wrong.push(message.text());
    });
    await page.reload();
    await ready(page);
    await figures(page);
    await expect(page.locator('#model option')).toHaveText(['MobileNet, 3.4 MB', 'added-160, 3.4 MB']);
    await page.locator('#model').selectOption('added-160');
    await ready(page);
    await expect(page.locator('#notice')).toBeHidden();
    for (const file of ['photos.html', 'evaluate.html']) {
      await page.goto(new URL(file, page.url()).href);
      await ready(page);
    }
    await page.locator('#details > summary').click();
    await expect(page.locator('#model option')).toHaveText(['MobileNet, 3.4 MB', 'added-160, 3.4 MB']);
    await expect(page.locator('#model')).toHaveValue('added-160');
    expect(site.requests).toContain('/models/added-160/weights.bin');
    expect(wrong).toEqual([]);
  });
});

test('a model without operating points is not judged with: the pages say so at once, it can still be measured, one press goes back', async () => {
  const fault = { kind: 'unmeasured', file: 'inception-160/manifest.json' } as const;
  await withPage(await openSite({ fault }), async (page) => {
    const notice = page.locator('#notice');
    const visitWith = (file: string) => page.goto(new URL(`${file}?model=inception-160`, page.url()).href);
    await visitWith('evaluate.html');
    await ready(page);
    await expect(notice).toBeHidden();
    for (const file of ['photos.html', './']) {
      await visitWith(file);
      await expect(notice).toHaveAttribute('data-code', 'unmeasured');
      await expect(notice).toContainText(/inception-160 .*npm run evaluate/);
      await expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'error');
    }
    await page.locator('#notice-action').click();
    await ready(page);
    await expect(notice).toBeHidden();
  });
});
