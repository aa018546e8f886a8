import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { facePath, newProfile, visit } from './launch.js';
import { builtPageHeaders, openSite, type SiteOptions } from './site.js';

const BUILT = join(import.meta.dirname, '../demo-dist');

/** Told what the browser has complained about so far. */
type Act = (page: Page, complaints: string[]) => Promise<void>;

/** Opens a page of the demo. */
async function open(options: SiteOptions, path: string, act: Act, before?: Act): Promise<void> {
  const site = await openSite(options);
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (/content security policy|trusted ?types?|integrity/i.test(message.text())) complaints.push(message.text());
  });
  try {
    const page = await context.newPage();
    await before?.(page, complaints);
    await page.goto(`${site.url}${path}`);
    await act(page, complaints);
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
}

const ready = (page: Page) => expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'ready');

test('the built pages work under their own policy: by header and by meta element, with threads', async () => {
  await open({ headers: builtPageHeaders() }, '', async (page, complaints) => {
    await ready(page);
    await page.locator('#tab-compare').click();
    await page.locator('#photo-a').setInputFiles(facePath('person01-a-front'));
    await page.locator('#photo-b').setInputFiles(facePath('person01-d-smile'));
    await expect(page.locator('#compare-verdict')).toHaveAttribute('data-verdict', 'match');
    await page.locator('#details').locator('summary').click();
    await expect(page.locator('#details-list')).toContainText('relaxed-threads');
    await expect(page.locator('#details-list')).toContainText(/Fell back from\s*nothing/);
    expect(complaints).toEqual([]);

    // The policy is there, and enforced.
    const broken = await page.evaluate(async () => {
      // Code that the debugger itself runs may use eval; what follows is run by the page.
      await new Promise((resolve) => setTimeout(resolve));
      const tries: Record<string, () => unknown> = {
        eval: () => (0, eval)('1') as unknown,
        html: () => (document.createElement('div').innerHTML = '<b>'),
        worker: () => new Worker('data:text/javascript,1'),
        script: () => (document.createElement('script').text = '1'),
      };
      return Object.entries(tries).filter(([, act]) => {
        try {
          act();
          return true;
        } catch {
          return false;
        }
      });
    });
    expect(broken).toEqual([]);
    const foreign = await page.evaluate(() =>
      fetch('https://elsewhere.example/').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(foreign).toBe('refused');
    expect(complaints.join('\n')).toContain('connect-src');
  });
});

test('the pages that sort and evaluate break no policy either', async () => {
  for (const page of ['photos.html', 'evaluate.html']) {
    await open({ headers: builtPageHeaders() }, page, async (opened, complaints) => {
      await ready(opened);
      expect(complaints).toEqual([]);
    });
  }
});

test('a host that sets no header: the meta element holds the policy', async () => {
  await open({ headers: {} }, '', async (page, complaints) => {
    await ready(page);
    expect(complaints).toEqual([]);
    expect(
      await page.evaluate(() => {
        try {
          document.createElement('div').innerHTML = '<b>';
          return 'allowed';
        } catch {
          return 'refused';
        }
      }),
    ).toBe('refused');
  });
});

const html = await readFile(join(BUILT, 'index.html'), 'utf8');

test('a script or style that was changed afterwards is not run', async () => {
  const entry = /<script[^>]*src="\.\/([^"]+)" integrity="sha384-/.exec(html)![1];
  expect(html.match(/<link[^>]*rel="(stylesheet|modulepreload)"(?![^>]*integrity)/g)).toBeNull();
  await open({ headers: builtPageHeaders(), fault: { file: entry, kind: 'flipped-byte' } }, '', async (page, complaints) => {
    await expect.poll(() => complaints.join('\n')).toMatch(/integrity/);
    await expect(page.locator('#pages a')).toHaveCount(0); // no script of the page has run
  });
});

test('nor is what a script imports, though its import come after the preload was refused', async () => {
  const [entry, preloaded] = [/<script[^>]*src="\.\/([^"]+)"/, /rel="modulepreload"[^>]*href="\.\/([^"]+)"/].map((of) => of.exec(html)![1]);
  const refusals = (complaints: string[]) => complaints.filter((text) => text.includes(preloaded)).length;
  const late = async (page: Page, complaints: string[]) => {
    // A script whose import was refused says so by an event that does not bubble.
    await page.addInitScript(() => {
      const fail = ({ target }: Event) => target instanceof HTMLScriptElement && (document.documentElement.dataset.refused = target.src);
      addEventListener('error', fail, true);
    });
    await page.route(`**/${entry}`, async (route) => {
      await expect.poll(() => refusals(complaints)).toBeGreaterThan(0);
      await route.continue();
    });
  };
  const options = { headers: builtPageHeaders(), fault: { file: preloaded, kind: 'flipped-byte' } } as const;
  // Whether the browser fetches the file again, and refuses it twice, or fails with what it has.
  const act = async (page: Page) => {
    await expect(page.locator('html')).toHaveAttribute('data-refused', new RegExp(`/${entry}$`));
    await expect(page.locator('#pages a')).toHaveCount(0);
  };
  await open(options, '', act, late);
});

test('the import map has whatever a script imports, now or later', async () => {
  const { integrity } = JSON.parse(/<script type="importmap">(.*?)<\/script>/.exec(html)![1]) as { integrity: Record<string, string> };
  const imported = Object.keys(integrity).map(async (name) => {
    const script = await readFile(join(BUILT, name), 'utf8');
    return [...script.matchAll(/(?:from|import\(?)\s*[`"']\.\/([\w.-]+\.js)[`"']/g)].map(([, file]) => `./assets/${file}`);
  });
  const all = new Set((await Promise.all(imported)).flat());
  expect(all.size).toBeGreaterThan(10);
  expect([...all].filter((file) => !(file in integrity))).toEqual([]);
});
