import { expect, test, type Page } from '@playwright/test';
import type { VisavisCaptureElement } from '../src/element.js';
import { capture, enroll, logIn, loginButton, ready, start } from './demoPage.js';
import { facePath, newProfile, visit, type FakeCamera } from './launch.js';
import { openSite, type Site } from './site.js';

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

/** Opens the page in front of a camera and passes it to `act`. Closes the browser afterwards; its profile stays. */
async function before(camera: FakeCamera, act: (page: Page) => Promise<void>, url = site.url): Promise<void> {
  const { context, close } = await visit(profile.folder, camera);
  try {
    const page = await context.newPage();
    await page.goto(url);
    await act(page);
  } finally {
    await close();
  }
}

async function enrollWhenReady(page: Page): Promise<void> {
  await ready(page);
  await enroll(page);
}

/** What the capture says at its end. */
const title = (page: Page) => capture(page).locator('.title');

test('a person enrolls, comes back another day and is recognized; another person is refused; forgetting leaves nothing', async () => {
  await before({ films: 'person01-a-front' }, enrollWhenReady);

  await before({ films: 'person01-d-smile' }, async (page) => {
    await ready(page);
    const { match, distance } = await logIn(page);
    expect(match).toBe(true);
    expect(distance).toBeLessThan(1);
    await expect(title(page)).toHaveText('Face matched');
    await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'match');
  });

  await before({ films: 'person06-a-front' }, async (page) => {
    await ready(page);
    const { match, distance } = await logIn(page);
    expect(match).toBe(false);
    expect(distance).toBeGreaterThan(1.1);
    await expect(title(page)).toHaveText('Not recognized');
    // How near they came is nobody's business.
    await expect(page.locator('#verdict')).toBeHidden();

    await page.locator('#forget-button').click();
    await page.locator('#forget-confirm').click();
    await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'forgotten');
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
    await page.reload();
    await expect(page.locator('#account')).toHaveAttribute('data-enrollment', 'none');
  });
});

test('after loading nothing is requested any more, and never from another origin', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    await page.reload();
    await ready(page);
    const loaded = site.requests.length;
    const askedWhileLoading = asked.length;
    expect(askedWhileLoading).toBeGreaterThan(5);
    await enroll(page);
    expect((await logIn(page)).match).toBe(true);
    expect(asked.slice(askedWhileLoading).filter((url) => !url.startsWith('blob:'))).toEqual([]);
    expect(site.requests.slice(loaded)).toEqual([]);
    const origins = new Set(asked.map((url) => new URL(url.replace(/^blob:/, '')).origin));
    expect([...origins]).toEqual([new URL(site.url).origin]);
  });
});

test('tells a person what to do: nobody there, two people, too far', async () => {
  await before({ films: 'person01-a-front' }, enrollWhenReady);
  for (const [kind, told] of [
    ['blank', 'Face the camera'],
    ['two', 'Only one person, please'],
    ['far', 'Come closer'],
  ] as const) {
    await before({ films: await composed(kind) }, async (page) => {
      await ready(page);
      await start(page);
      await expect(capture(page).locator('.instruction .words')).toHaveText(told);
    });
  }
});

test('a camera that is not allowed, not there or unplugged gets its own message', async () => {
  await before({ films: 'person01-a-front' }, enrollWhenReady);
  await before('denied', async (page) => {
    await start(page);
    await expect(title(page)).toHaveText('Camera access is blocked');
    await expect(capture(page)).toContainText(/allow/i);
  });
  await before('none', async (page) => {
    await start(page);
    await expect(title(page)).toHaveText('No camera found');
  });
  await before({ films: await composed('blank') }, async (page) => {
    await ready(page);
    await start(page);
    await expect(capture(page)).toHaveAttribute('phase', 'looking');
    await capture(page).evaluate((element) => {
      const { srcObject } = element.shadowRoot!.querySelector('video')!;
      (srcObject as MediaStream).getVideoTracks()[0].dispatchEvent(new Event('ended'));
    });
    await expect(title(page)).toHaveText('Camera disconnected');
    await capture(page).getByRole('button', { name: 'Try again' }).click();
    await expect(capture(page)).toHaveAttribute('phase', 'looking');
  });
});

test('a model file that is missing, or has one flipped byte, is named', async () => {
  for (const [kind, file, code] of [
    ['missing', 'facemesh-192/weights.bin', 'model-missing'],
    ['flipped-byte', 'mobilenet-160/weights.bin', 'model-corrupt'],
  ] as const) {
    const broken = await openSite({ fault: { kind, file } });
    try {
      const check = async (page: Page) => {
        await expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'error');
        await expect(page.locator('#notice')).toHaveAttribute('data-code', code);
        await expect(page.locator('#notice')).toContainText(file);
      };
      await before('none', check, broken.url);
    } finally {
      await broken.close();
    }
  }
});

test('runs where the page has no workers', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
    await page.reload();
    await enrollWhenReady(page);
    expect(await page.evaluate(() => typeof Worker)).toBe('undefined');
    expect(page.workers()).toEqual([]);
  });
});

test('who was forgotten in another window is led to an enrollment, and strictness chosen during a capture counts from the next one on', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    await enrollWhenReady(page);
    // From within the page: a fast machine has decided before it could be done from here.
    await capture(page).evaluate((element: VisavisCaptureElement) => {
      const list = document.querySelector<HTMLSelectElement>('#strictness')!;
      element.addEventListener('visavis-phase', ({ detail }) => {
        if (detail.phase !== 'looking') return;
        list.selectedIndex = 0;
        list.dispatchEvent(new Event('change'));
      });
    });
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#verdict-figures')).toContainText(/Strictness\s*1 in 1,000/);
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#verdict-figures')).toContainText(/Strictness\s*1 in 100(?!\d|,)/);

    const other = await page.context().newPage();
    await other.goto(site.url);
    await other.locator('#forget-button').click();
    await other.locator('#forget-confirm').click();
    await expect(other.locator('#verdict')).toHaveAttribute('data-outcome', 'forgotten');
    await other.close();
    await loginButton(page).click();
    await expect(title(page)).toHaveText('Set up your face');
    await expect(page.locator('#account')).toBeHidden();
    await enroll(page);
  });
});

test('compares two photos', async () => {
  await before('none', async (page) => {
    await page.locator('#tab-compare').click();
    await page.locator('#photo-a').setInputFiles(facePath('person01-a-front'));
    await page.locator('#photo-b').setInputFiles(facePath('person01-d-smile'));
    await expect(page.locator('#compare-verdict')).toHaveAttribute('data-verdict', 'match');
    await page.locator('#photo-b').setInputFiles(facePath('person06-a-front'));
    await expect(page.locator('#compare-verdict')).toHaveAttribute('data-verdict', 'no-match');
    await page.locator('#photo-b').setInputFiles({ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await expect(page.locator('#slot-b')).toHaveAttribute('data-state', 'error');
    // Announced, as what becomes of every photo.
    await expect(page.locator('#slot-a').getByRole('status')).toHaveText(/^(The face is in full view|Less certain: .*)\.$/);
    await expect(page.locator('#slot-b').getByRole('status')).toContainText('can’t be read as a picture');
    // Beside the places for photos: a browser would open the picture in place of the page.
    await page.evaluate(() => {
      const heard = new Promise<boolean>((resolve) =>
        // On its way out of the page, when everybody else has had it.
        window.addEventListener('drop', (event) => setTimeout(() => resolve(event.defaultPrevented)), { once: true }),
      );
      Object.assign(globalThis, { heard });
    });
    const at = { x: 5, y: 5, data: { items: [], files: [facePath('person06-a-front')], dragOperationsMask: 1 } };
    const session = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at });
    expect(await page.evaluate(() => (globalThis as unknown as { heard: Promise<boolean> }).heard)).toBe(true);
    await expect(page.locator('#slot-b')).toHaveAttribute('data-state', 'error');
    expect(page.url()).toBe(`${site.url}#compare`);
  });
});

test('who was enrolled in memory, where there is no vault, is forgotten', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    await page.addInitScript(() => {
      const refuse = () => Promise.reject(new DOMException('Access is denied for this document.', 'SecurityError'));
      IDBFactory.prototype.databases = refuse;
      IDBFactory.prototype.open = () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      };
    });
    await page.reload();
    await enrollWhenReady(page);
    await expect(page.locator('#account')).toHaveAttribute('data-enrollment', 'memory');
    await page.locator('#forget-button').click();
    await page.locator('#forget-confirm').click();
    await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'forgotten');
    await expect(page.locator('#account')).toBeHidden();
    await expect(page.locator('#notice')).toBeHidden();
  });
});

test('works where the browser keeps no data', async () => {
  await before('none', async (page) => {
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      };
      Object.defineProperty(window, 'localStorage', { get: refuse });
    });
    await page.reload();
    await ready(page);
    await page.locator('#liveness-switch').check({ force: true });
    await page.locator('#tab-compare').click();
    await expect(page.locator('#panel-compare')).toBeVisible();
  });
});

/** JPEGs made of fixtures in a browser: an empty room, two people, or one far away. */
async function composed(kind: 'blank' | 'two' | 'far'): Promise<Uint8Array> {
  const own = await newProfile();
  const { context, close } = await visit(own.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    const { readFile } = await import('node:fs/promises');
    const [left, right] = await Promise.all(
      ['person01-a-front', 'person06-a-front'].map(async (n) => (await readFile(facePath(n))).toString('base64')),
    );
    const jpeg = await page.evaluate(
      async ({ kind, pictures }) => {
        const bitmaps = await Promise.all(
          pictures.map((p) => createImageBitmap(new Blob([Uint8Array.from(atob(p), (c) => c.charCodeAt(0))], { type: 'image/jpeg' }))),
        );
        const canvas = new OffscreenCanvas(640, 480);
        const context = canvas.getContext('2d')!;
        context.fillStyle = '#99a';
        context.fillRect(0, 0, 640, 480);
        if (kind === 'two') bitmaps.forEach((b, i) => context.drawImage(b, 160, 0, 320, 480, 320 * i, 0, 320, 480));
        if (kind === 'far') context.drawImage(bitmaps[0], 0, 0, 640, 480, 250, 190, 130, 98);
        return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer()));
      },
      { kind, pictures: [left, right] },
    );
    return Uint8Array.from(jpeg);
  } finally {
    await close();
    await own.remove();
  }
}
