import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { build, createServer, type InlineConfig } from 'vite';
import { ISOLATION, serveFolders } from '../tools/staticServer.mjs';
import { newProfile, visit } from './launch.js';

const ROOT = join(import.meta.dirname, '..');

/** Somebody else's app that uses the built package, without any of this repository's own configuration. */
const app = (outDir: string): InlineConfig => ({
  configFile: false,
  root: join(ROOT, 'e2e/fixtures/app'),
  publicDir: false,
  logLevel: 'error',
  cacheDir: join(outDir, 'cache'),
  resolve: { alias: [{ find: /^visavis$/, replacement: join(ROOT, 'dist/visavis.js') }] },
  build: { target: 'es2022', outDir: join(outDir, 'app'), emptyOutDir: true },
});

test('works in an app built with Vite, and in its dev server', async () => {
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  const config = app(profile.folder);
  await build(config);
  const built = await serveFolders({ '/models': join(ROOT, 'public/models'), '/': join(profile.folder, 'app') });
  const dev = await createServer({
    ...config,
    publicDir: join(ROOT, 'public'),
    optimizeDeps: { exclude: ['visavis'] },
    server: { headers: ISOLATION, port: 0, fs: { allow: [ROOT] } },
  });
  await dev.listen();
  try {
    for (const url of [built.url, dev.resolvedUrls!.local[0]]) {
      const page = await context.newPage();
      await page.goto(url);
      await expect(page.locator('#answer')).toHaveText(JSON.stringify({ build: 'relaxed-threads', thread: 'worker' }));
      await page.close();
    }
  } finally {
    await close();
    await dev.close();
    await built.close();
    await profile.remove();
  }
});
