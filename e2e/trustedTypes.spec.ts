import { expect, test, type Page } from '@playwright/test';
import { join } from 'node:path';
import { ISOLATION, serveFolders } from '../tools/staticServer.mjs';
import { newProfile, visit } from './launch.js';

const ROOT = join(import.meta.dirname, '..');

/** A page under Trusted Types on a site that serves the library twice, as two copies of one version. */
async function open(trustedTypes: string, act: (page: Page) => Promise<void>): Promise<void> {
  const policy = `require-trusted-types-for 'script'; trusted-types ${trustedTypes}`;
  const { url, close: closeSite } = await serveFolders(
    { '/one': join(ROOT, 'dist'), '/two': join(ROOT, 'dist'), '/models': join(ROOT, 'public/models') },
    {
      headers: { ...ISOLATION, 'Content-Security-Policy': policy },
      handler(request, response) {
        if (request.url !== '/') return false;
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Page</title>');
        return true;
      },
    },
  );
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(url);
    await act(page);
  } finally {
    await close();
    await profile.remove();
    await closeSite();
  }
}

/** What each copy says when it starts: its thread, or its error. */
const start = (page: Page, copies: readonly string[], named = true) =>
  page.evaluate(
    async ([copies, named]) => {
      const answers: string[] = [];
      for (const copy of copies) {
        const { createFaceVerifier } = (await import(`/${copy}/visavis.js`)) as typeof import('../src/index.js');
        const workerUrl = named ? `/${copy}/visavis/visavis-worker.js` : undefined;
        try {
          const verifier = await createFaceVerifier({ modelsUrl: '/models/', backend: 'wasm', workerUrl });
          answers.push(verifier.info.thread);
          verifier.dispose();
        } catch (error) {
          answers.push((error as Error).message);
        }
      }
      return answers;
    },
    [copies, named] as const,
  );

test('two copies of the library share the policy', async () => {
  await open('visavis', async (page) => {
    expect(await start(page, ['one', 'two'])).toEqual(['worker', 'worker']);
    // What one shares vouches for no other origin.
    const shared = await page.evaluate(() => {
      const key = Symbol.for('visavis.trustedTypesPolicy');
      const policy = (globalThis as unknown as Record<symbol, { createScriptURL(url: string): unknown }>)[key];
      const tries = [location.origin + '/x.js', 'https://elsewhere.example/x.js', 'data:text/javascript,1', '//elsewhere.example/x.js'];
      return tries.map((url) => {
        try {
          return String(policy.createScriptURL(url)) === url;
        } catch {
          return false;
        }
      });
    });
    expect(shared).toEqual([true, false, false, false]);
  });
});

test('a copy of a version that does not share: with allow-duplicates both run, without it the message says so', async () => {
  const olderCopy = (page: Page) =>
    page.evaluate(() => {
      const { trustedTypes } = globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } };
      trustedTypes.createPolicy('visavis', { createScriptURL: (url: string) => url });
    });
  await open(`visavis 'allow-duplicates'`, async (page) => {
    await olderCopy(page);
    expect(await start(page, ['one'])).toEqual(['worker']);
  });
  await open('visavis', async (page) => {
    await olderCopy(page);
    expect((await start(page, ['one']))[0]).toMatch(/trusted-types visavis 'allow-duplicates'/);
    expect((await start(page, ['one'], false))[0]).toMatch(/name the worker’s file by workerUrl/);
  });
});
