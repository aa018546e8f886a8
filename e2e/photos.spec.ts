import { expect, test, type Page } from '@playwright/test';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { facePath, newProfile, visit } from './launch.js';
import { openSite, type Site } from './site.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PERSON_1 = ['person01-a-front', 'person01-b-window-left', 'person01-d-smile'];
const PERSON_6 = ['person06-a-front', 'person06-d-smile'];
const ONCE = ['person02-a-front'];

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

async function onPage(act: (page: Page) => Promise<void>, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${site.url}photos.html`);
    await act(page);
  } finally {
    await close();
  }
}

/** A folder that contains a folder of pictures, and the other files usually found in folders. */
async function makeFolder(): Promise<string> {
  const folder = join(profile.folder, 'album');
  await mkdir(join(folder, 'summer'), { recursive: true });
  for (const name of [...PERSON_1, ...PERSON_6, ...ONCE]) await copyFile(facePath(name), join(folder, 'summer', `${name}.jpg`));
  await writeFile(join(folder, 'broken.jpg'), 'no picture');
  await writeFile(join(folder, 'notes.txt'), 'no picture either');
  return folder;
}

/** Drags files or folders from the desktop onto the page. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { x, y, width, height } = (await page.locator('#intake').boundingBox())!;
  const at = { x: x + width / 2, y: y + height / 2, data: { items: [], files, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at });
}

/** The file names of each group on the page, the last one those seen once. */
async function groups(page: Page): Promise<string[][]> {
  await expect(page.locator('#album')).toHaveAttribute('data-phase', 'done');
  return page
    .locator('.person')
    .evaluateAll((sections) =>
      sections.map((section) =>
        [...section.querySelectorAll('.faces button')].map((button) => (button as HTMLElement).title.replace(/^.*\/|\.jpg$/g, '')).sort(),
      ),
    );
}

async function violations(page: Page): Promise<string[]> {
  // Not through a script element: the page's policy does not allow any.
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

test('a dropped folder is sorted by person, without a request; names stay when the strictness changes', async () => {
  const folder = await makeFolder();
  await onPage(async (page) => {
    await expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'ready');
    const loaded = site.requests.length;
    await drop(page, folder);
    expect(await groups(page)).toEqual([PERSON_1, PERSON_6, ONCE]);
    await expect(page.locator('#summary')).toHaveText('2 people in 6 photos');
    await expect(page.locator('.person').first()).toContainText('Person 1');
    await expect(page.locator('.person').first()).toContainText('3 photos');
    await expect(page.locator('#once')).toContainText('Seen once');
    await expect(page.locator('#left-out')).toContainText('album/broken.jpg');
    await expect(page.locator('#left-out')).not.toContainText('notes.txt');

    const name = page.locator('.person-name').nth(1);
    await name.fill('Ada');
    await name.press('Tab');
    await page.locator('#strictness').selectOption({ index: 0 });
    await expect(page.locator('.person-name').nth(1)).toHaveValue('Ada');
    await expect(page.locator('.person').nth(1).locator('img').first()).toHaveAttribute('alt', /^Ada: /);

    await page.locator('.person').nth(1).locator('button').first().click();
    await expect(page.locator('#viewer-photo rect.chosen')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('#viewer')).toBeHidden();
    expect(site.requests.slice(loaded)).toEqual([]);
  });
});

test('says what is not a picture and what has no face, and takes more photos later', async () => {
  await onPage(async (page) => {
    const note = page.locator('#intake-note');
    // There before its text, so that screen readers announce it, and without room or frame.
    await expect(note.and(page.getByRole('status'))).toHaveCount(1);
    await expect(note).toBeHidden();
    await page.locator('#photos-input').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await expect(note).toContainText('isn’t a picture');
    await expect(note).toBeVisible();
    await expect(page.locator('#album')).toHaveAttribute('data-phase', 'empty');

    const wall = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(320, 240);
      canvas.getContext('2d')!.fillRect(0, 0, 320, 240);
      return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer()));
    });
    await page.locator('#photos-input').setInputFiles({ name: 'wall.png', mimeType: 'image/png', buffer: Buffer.from(wall) });
    await expect(page.locator('#left-out')).toContainText('No face was found in 1 photo: wall.png');
    await expect(page.locator('#intake-note')).toContainText('no face');
    await expect(page.locator('#result')).toBeHidden();

    await page.locator('#photos-input').setInputFiles(PERSON_6.map(facePath));
    expect(await groups(page)).toEqual([PERSON_6, []]);
    await page.locator('#photos-input').setInputFiles([...PERSON_6, ...ONCE].map(facePath));
    await expect(page.locator('#once')).toBeVisible();
    expect(await groups(page)).toEqual([PERSON_6, ONCE]);
    await page.locator('#photos-input').setInputFiles(ONCE.map(facePath));
    await expect(page.locator('#intake-note')).toContainText('already');
    // Cards and phones give the same name to another photo.
    const first = page.locator('.person .faces button');
    const known = await first.count();
    const again = await readFile(facePath(PERSON_1[0]));
    await page.locator('#photos-input').setInputFiles({ name: `${PERSON_6[0]}.jpg`, mimeType: 'image/jpeg', buffer: again });
    await expect(first).toHaveCount(known + 1);
  });
});

test('two people in one photo are two faces; stopping keeps what was read; removing leaves nothing', async () => {
  await onPage(async (page) => {
    const names = ['person01-a-front', 'person06-a-front'];
    // Clicked from within the page: fast machines leave no time to do it from here.
    await page.evaluate(() => {
      const count = document.querySelector('#reading-count')!;
      new MutationObserver((_, observer) => {
        if (!count.textContent.startsWith('2 of')) return;
        observer.disconnect();
        document.querySelector<HTMLElement>('#reading-cancel')!.click();
      }).observe(count, { childList: true, characterData: true, subtree: true });
    });
    await page.locator('#photos-input').setInputFiles([...PERSON_1, ...PERSON_6].map(facePath));
    expect((await groups(page)).flat()).toEqual(PERSON_1.slice(0, 2));
    await expect(page.locator('#intake-note')).toContainText(`Stopped after 2 of ${PERSON_1.length + PERSON_6.length} photos`);

    await page.locator('#clear-button').click();
    await expect(page.locator('#album')).toHaveAttribute('data-phase', 'empty');
    await expect(page.locator('.person img')).toHaveCount(0);

    const together = await page.evaluate(
      async (pictures) => {
        const canvas = new OffscreenCanvas(960, 540);
        const context = canvas.getContext('2d')!;
        for (const [i, bytes] of pictures.entries()) {
          const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type: 'image/jpeg' }));
          context.drawImage(bitmap, 160, 0, 320, 480, 480 * i + 60, 30, 340, 510);
        }
        return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer()));
      },
      await Promise.all(names.map(async (name) => (await readFile(facePath(name))).toString('base64'))),
    );
    const alone = await Promise.all(
      names.map(async (name) => ({ name: `${name}.jpg`, mimeType: 'image/jpeg', buffer: await readFile(facePath(name)) })),
    );
    await page
      .locator('#photos-input')
      .setInputFiles([...alone, { name: 'together.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(together) }]);
    const found = await groups(page);
    expect(found.slice(0, 2).sort()).toEqual(names.map((name) => [name, 'together']));
    await expect(page.locator('#summary')).toHaveText('2 people in 3 photos');
  });
});

test('sorts in the page where the worker for it cannot be had', async () => {
  await onPage(async (page) => {
    await page.route(/sortWorker/, (route) => route.fulfill({ status: 404 }));
    await page.reload();
    await page.locator('#photos-input').setInputFiles(PERSON_6.map(facePath));
    expect(await groups(page)).toEqual([PERSON_6, []]);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has nothing that axe objects to, and works by keyboard (${colorScheme})`, async () => {
    await onPage(async (page) => {
      await expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'ready');
      expect(await violations(page)).toEqual([]);
      const choosing = page.waitForEvent('filechooser');
      await page.locator('#photos-button').focus();
      await page.keyboard.press('Enter');
      await (await choosing).setFiles([...PERSON_6, ...ONCE].map(facePath));
      expect(await groups(page)).toEqual([PERSON_6, ONCE]);
      expect(await violations(page)).toEqual([]);

      const face = page.locator('.faces button').first();
      await face.focus();
      await page.keyboard.press('Enter');
      await expect(page.locator('#viewer-photo rect.chosen')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(face).toBeFocused();

      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

      await page.getByRole('link', { name: 'Log in' }).click();
      await expect(page.getByRole('link', { name: 'Log in' })).toHaveAttribute('aria-current', 'page');
      await expect(page.locator('visavis-capture').getByRole('button', { name: 'Start' })).toBeVisible();
    }, colorScheme);
  });
}
