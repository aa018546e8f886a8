import { expect, test } from '@playwright/test';
import { ISOLATION } from '../tools/staticServer.mjs';
import { newProfile, visit } from './launch.js';
import { openSite } from './site.js';

const POLICY = {
  'Content-Security-Policy': `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'`,
};

/** The README's hosting advice, header by header: which WebAssembly build runs in the end. */
const CASES: { name: string; headers: Record<string, string>; build: string }[] = [
  { name: 'without any header', headers: {}, build: 'relaxed' },
  { name: 'under a strict policy', headers: POLICY, build: 'relaxed' },
  { name: 'cross-origin isolated', headers: ISOLATION, build: 'relaxed-threads' },
  { name: 'isolated, under a strict policy', headers: { ...ISOLATION, ...POLICY }, build: 'relaxed-threads' },
];

for (const { name, headers, build } of CASES) {
  test(`runs ${build} ${name}`, async () => {
    const site = await openSite({ plain: true, headers });
    const profile = await newProfile();
    const { context, close } = await visit(profile.folder, 'none');
    try {
      const page = await context.newPage();
      await page.goto(`${site.url}fixtures/compare.html`);
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
