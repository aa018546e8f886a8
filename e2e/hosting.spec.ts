import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ISOLATION } from '../tools/staticServer.mjs';
import { newProfile, visit } from './launch.js';
import { openSite } from './site.js';

const POLICY = {
  'Content-Security-Policy': `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'`,
};

/** Without the page's own part, the SDK's policy is enough. */
const TYPES = {
  'Content-Security-Policy': `${POLICY['Content-Security-Policy']}; require-trusted-types-for 'script'; trusted-types visavis`,
};

/** The README's hosting advice, header by header: which WebAssembly build runs as a result. */
const CASES: { name: string; headers: Record<string, string>; build: string; query?: string }[] = [
  { name: 'without any header', headers: {}, build: 'relaxed' },
  { name: 'under a strict policy', headers: POLICY, build: 'relaxed' },
  { name: 'cross-origin isolated', headers: ISOLATION, build: 'relaxed-threads' },
  { name: 'isolated, under a strict policy', headers: { ...ISOLATION, ...POLICY }, build: 'relaxed-threads' },
  { name: 'under Trusted Types', headers: { ...ISOLATION, ...TYPES }, build: 'relaxed-threads', query: '?worker=/dist/visavis-worker.js' },
];

for (const { name, headers, build, query = '' } of CASES) {
  test(`runs ${build} ${name}`, async () => {
    const site = await openSite({ plain: true, headers });
    const profile = await newProfile();
    const { context, close } = await visit(profile.folder, 'none');
    try {
      const page = await context.newPage();
      await page.goto(`${site.url}fixtures/compare.html${query}`);
      await expect(page.locator('#answer')).toHaveText(JSON.stringify({ build, thread: 'worker', same: true }));
    } finally {
      await close();
      await profile.remove();
      await site.close();
    }
  });
}

test('says so when the WebAssembly files are not served', async () => {
  const site = await openSite({ plain: true, fault: { kind: 'missing', file: '.wasm' } });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}fixtures/compare.html`);
    await expect(page.locator('#answer')).toContainText('backend-unavailable');
    await expect(page.locator('#answer')).toContainText('.wasm');
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});

test('runs under Subresource Integrity, and not at all with another hash', async () => {
  const hashes = JSON.parse(await readFile(join(import.meta.dirname, '../dist/integrity.json'), 'utf8')) as Record<string, string>;
  const links = Object.entries(hashes).filter(([name]) => name === 'visavis.js' || name.startsWith('chunks/'));
  const site = await openSite({ plain: true, headers: { ...ISOLATION, ...POLICY } });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    for (const changed of [false, true]) {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      const tags = links.map(([name, hash]) => {
        const other = hashes['visavis-worker.js'];
        return `<link rel="modulepreload" href="/dist/${name}" integrity="${changed && name === 'visavis.js' ? other : hash}">`;
      });
      await page.route('**/fixtures/checked.html', (route) =>
        route.fulfill({
          headers: { ...ISOLATION, ...POLICY },
          contentType: 'text/html',
          body: `<!doctype html>${tags.join('')}<script type="module" src="compare.js"></script><p id="answer"></p>`,
        }),
      );
      await page.goto(`${site.url}fixtures/checked.html`);
      if (changed) {
        await expect.poll(() => complaints.join('\n')).toMatch(/integrity/);
        await expect(page.locator('#answer')).toBeEmpty();
      } else {
        await expect(page.locator('#answer')).toHaveText(JSON.stringify({ build: 'relaxed-threads', thread: 'worker', same: true }));
      }
      await page.close();
    }
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});
