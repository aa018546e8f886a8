import { expect, test, type Page } from '@playwright/test';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Calibration } from '../src/index.js';
import { newProfile, visit } from './launch.js';
import { openSite, type Site } from './site.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FACES = join(import.meta.dirname, 'fixtures/faces');

let site: Site;
let profile: Awaited<ReturnType<typeof newProfile>>;

test.beforeAll(async () => {
  site = await openSite();
});
test.afterAll(() => site.close());
test.beforeEach(async () => {
  profile = await newProfile();
});
test.afterEach(() => profile.remove());

async function onPage(act: (page: Page) => Promise<void>): Promise<void> {
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(`${site.url}evaluate.html`);
    await expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'ready');
    await act(page);
  } finally {
    await close();
  }
}

/** The fixtures, with a folder for each of their seven people; several copies of each if more pairs are needed. */
async function makePeople(copies: number): Promise<string> {
  const folder = join(profile.folder, 'people');
  for (const name of await readdir(FACES)) {
    const person = name.slice(0, name.indexOf('-'));
    await mkdir(join(folder, person), { recursive: true });
    for (let i = 0; i < copies; i++) await copyFile(join(FACES, name), join(folder, person, `${i}-${name}`));
  }
  return folder;
}

/** A folder of text files. */
async function makeFiles(folder: string, ...paths: string[]): Promise<string> {
  for (const path of paths) {
    await mkdir(join(profile.folder, folder, path, '..'), { recursive: true });
    await writeFile(join(profile.folder, folder, path), 'no picture');
  }
  return join(profile.folder, folder);
}

async function measured(page: Page): Promise<void> {
  await expect(page.locator('#evaluation')).toHaveAttribute('data-phase', 'done', { timeout: 200_000 });
  await expect(page.locator('#frames-left')).toHaveText('', { timeout: 60_000 });
}

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

test('measures people’s pictures, shows what the saved file says, asks the network nothing; the SDK takes the file', async () => {
  const folder = await makePeople(3);
  await makeFiles('people', 'person01/x.jpg', 'person01/notes.txt');
  const faulty: string[] = [];
  let saved = '';
  await onPage(async (page) => {
    page.on('pageerror', ({ message }) => faulty.push(message));
    expect(await violations(page)).toEqual([]);
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    await page.locator('#folder-input').setInputFiles(folder);
    await measured(page);

    await expect(page.locator('#summary')).toHaveText('40 pictures of 7 people');
    await expect(page.locator('#summary')).toBeFocused();
    await expect(page.locator('#figures')).toContainText(/Genuine pairs\s*183/);
    await expect(page.locator('#figures')).toContainText(/Pairs of strangers\s*558/);
    await expect(page.locator('#failures')).toContainText('1 picture left out');
    await expect(page.locator('#failures-reasons')).toContainText('people/person01/x.jpg');
    for (const name of ['score', 'roc', 'det']) await expect(page.locator(`#${name}-chart svg[role=img]`)).toBeVisible();
    await expect(page.locator('#frames-table tbody tr')).not.toHaveCount(0);
    await expect(page.locator('#groups')).toBeHidden();
    // Thumbnails are cut out of the files.
    await expect
      .poll(() =>
        page
          .locator('#apart-list img')
          .last()
          .evaluate((i: HTMLImageElement) => i.naturalWidth),
      )
      .toBeGreaterThan(50);

    await page.locator('#set-name').fill('The people of the fixtures');
    const download = page.waitForEvent('download');
    await page.locator('#download-button').click();
    expect((await download).suggestedFilename()).toBe('operating-points.json');
    saved = await readFile(await (await download).path(), 'utf8');
    const { normalized, model } = JSON.parse(saved) as Calibration;
    const { operatingPoints, measurement } = normalized!;
    expect(measurement).toMatchObject({ dataset: 'The people of the fixtures', identities: 7, genuinePairs: 183, impostorPairs: 558 });
    // Points of the default model, which needs no name.
    await expect(page.locator('#code-line')).toHaveText(/^const verifier = await createFaceVerifier\(\{ operatingPoints: /);
    expect(operatingPoints.map(({ fmr }) => fmr)).toEqual([0.1]);
    const [{ threshold, fnmr }] = operatingPoints;
    await expect(page.locator('#recommendation-threshold')).toHaveText(threshold.toFixed(3));
    await expect(page.locator('#recommendation-text')).toContainText(
      `1 stranger in 10, pictures within a distance of ${threshold.toFixed(3)}`,
    );
    await expect(page.locator('#recommendation-support')).toContainText('558 pairs of strangers and 183 genuine pairs, of 7 people');
    await expect(page.locator('#limits')).toContainText('3,000 pairs of strangers');
    const cells = await page.locator('#points-table tbody tr').first().locator('th, td').allTextContents();
    expect(cells.slice(0, 2)).toEqual(['1 in 10', threshold.toFixed(3)]);
    expect(Number.parseFloat(cells[2])).toBeCloseTo(100 * fnmr, 2);
    await expect(page.locator('#figures')).toContainText(model);

    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    // The colors may still be changing from light to dark.
    await expect.poll(() => violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(asked.filter((url) => !url.startsWith('blob:'))).toEqual([]);

    await page.locator('#clear-button').click();
    await expect(page.locator('#evaluation')).toHaveAttribute('data-phase', 'empty');
    await expect(page.locator('#folder-button')).toBeFocused();
  });
  expect(faulty).toEqual([]);
  await acceptedBySdk(JSON.parse(saved) as Calibration);
});

/** Passes the saved file to the built library, in a page without a bundler. */
async function acceptedBySdk(saved: Calibration): Promise<void> {
  const plain = await openSite({ plain: true });
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(`${plain.url}examples/plain.html`);
    const points = await page.evaluate(async (operatingPoints) => {
      const at = '/dist/visavis.js';
      const { createFaceVerifier } = (await import(at)) as typeof import('../src/index.js');
      const verifier = await createFaceVerifier({ modelsUrl: '/public/models/', operatingPoints });
      verifier.dispose();
      return [verifier.info.operatingPoints, verifier.info.normalized?.operatingPoints];
    }, saved);
    expect(points).toEqual([saved.operatingPoints, saved.normalized!.operatingPoints]);
  } finally {
    await close();
    await plain.close();
  }
}

test('tells errors by group, where a file beside the folders says who is in which', async () => {
  const folder = await makePeople(8);
  const even = (number: number) => (number % 2 === 0 ? 'even' : 'odd');
  const lines = [1, 2, 3, 4, 6, 8, 9].map((number) => `person0${number},${even(number)}`);
  await writeFile(join(folder, 'groups.csv'), ['identity,group', ...lines, 'person99,odd'].join('\n'));
  await onPage(async (page) => {
    await page.locator('#folder-input').setInputFiles(folder);
    await measured(page);
    await expect(page.locator('#groups-table tbody th')).toHaveText(['even', 'even × odd', 'odd']);
    await expect(page.locator('#groups-text')).toContainText(
      /1 in 100 over all pictures\. even: 4 people, 40 pictures; odd: 3 people, 64 pictures\./,
    );
    await expect(page.locator('#intake-note')).toContainText('groups.csv: 1 of 8 lines name nothing among the pictures.');
    expect(await violations(page)).toEqual([]);
  });
});

test('says what too few pictures cannot tell, and offers no file', async () => {
  const folder = await makePeople(1);
  await onPage(async (page) => {
    await page.locator('#folder-input').setInputFiles(folder);
    await measured(page);
    await expect(page.locator('#figures')).toContainText(/Pairs of strangers\s*62/);
    await expect(page.locator('#recommendation')).toHaveAttribute('data-supported', 'no');
    await expect(page.locator('#recommendation')).toContainText('don’t support a threshold');
    await expect(page.locator('#limits')).toContainText('300');
    await expect(page.locator('#download-button')).toBeHidden();
    // The model's own thresholds are still evaluated.
    await expect(page.locator('#own-table tbody tr').first()).toContainText('1 in 10');
    expect(await violations(page)).toEqual([]);
  });
});

test('stopped early, it keeps what was measured and says so', async () => {
  const folder = await makePeople(3);
  await onPage(async (page) => {
    // Clicked from within the page: fast machines leave no time to do it from here.
    const seen = page.evaluate(
      () =>
        new Promise<{ focused: string; left: string }>((resolve) => {
          const count = document.querySelector('#reading-count')!;
          const cancel = document.querySelector<HTMLElement>('#reading-cancel')!;
          new MutationObserver((_, observer) => {
            if (!(Number.parseInt(count.textContent, 10) >= 5)) return;
            observer.disconnect();
            resolve({ focused: document.activeElement!.id, left: document.querySelector('#reading-left')!.textContent });
            cancel.click();
          }).observe(count, { childList: true, characterData: true, subtree: true });
        }),
    );
    await page.locator('#folder-input').setInputFiles(folder);
    const { focused, left } = await seen;
    expect(focused).toBe('reading-cancel');
    expect(left).toMatch(/left/);
    await measured(page);
    await expect(page.locator('#stopped-text')).toHaveText(/^Stopped after \d+ of 39 pictures/);
    const kept = Number(/\d+/.exec((await page.locator('#stopped-text').textContent())!)![0]);
    expect(kept).toBeGreaterThanOrEqual(5);
    expect(kept).toBeLessThan(39);
    await expect(page.locator('#summary')).toContainText(`${kept} pictures of`);
  });
});

test('a folder without pictures, people or faces gets its own words, and the page goes on', async () => {
  const nothing = await makeFiles('papers', 'one.txt', 'more/two.txt');
  const broken = await makeFiles('broken', 'anna/x.jpg', 'ben/y.jpg');
  const people = await makePeople(1);
  await onPage(async (page) => {
    const choose = (folder: string) => page.locator('#folder-input').setInputFiles(folder);
    await choose(nothing);
    await expect(page.locator('#intake-note')).toContainText('no picture among these 2 files');

    await choose(broken);
    await measured(page);
    await expect(page.locator('#limits')).toContainText('No picture has a usable face');
    await expect(page.locator('#failures-reasons')).toContainText('anna/x.jpg');
    expect(await violations(page)).toEqual([]);

    await choose(join(people, 'person06'));
    await expect(page.locator('#intake-note')).toContainText('“person06”');
    await measured(page);
    await expect(page.locator('#limits')).toContainText('one person');
    await expect(page.locator('#apart-list li')).toHaveCount(1);

    // Dropped, together with a picture that is next to the people's folders.
    await copyFile(join(FACES, 'person02-a-front.jpg'), join(people, 'stray.jpg'));
    await drop(page, people);
    await expect(page.locator('#intake-note')).toContainText('people/stray.jpg');
    await measured(page);
    await expect(page.locator('#summary')).toHaveText('13 pictures of 7 people');
  });
});

/** Drags a folder from the desktop onto the page. */
async function drop(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { x, y, width, height } = (await page.locator('#intake').boundingBox())!;
  const at = { x: x + width / 2, y: y + height / 2, data: { items: [], files: [folder], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at });
}
