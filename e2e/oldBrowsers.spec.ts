import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newProfile, visit } from './launch.js';
import { openSite } from './site.js';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

/** What runs, and what happens to the worker before. */
const CASES = [
  { build: 'relaxed-threads', before: '' },
  // The files of TensorFlow.js are larger.
  {
    build: 'tfjs-simd',
    before: `WebAssembly.compile = ((real) => (bytes) =>
      bytes.byteLength < 1e5 ? Promise.reject(new Error('not here')) : real.call(WebAssembly, bytes))(WebAssembly.compile);`,
  },
];

for (const { build, before } of CASES) {
  test(`runs ${build} without anything newer than Chrome 94, Firefox 114 and Safari 16.4`, async () => {
    const site = await openSite({
      plain: true,
      answer(path, response) {
        if (path === '/fixtures/old.html') {
          // A classic script: it runs before every module.
          const scripts = '<script src="removals.js"></script><script type="module" src="compare.js"></script>';
          response.setHeader('content-type', 'text/html').end(`<!doctype html>${scripts}<p id="answer"></p>`);
        } else if (path === '/dist/visavis/visavis-worker.js') {
          // The first import is evaluated before the next, in the threads of the kernels too, which run this same script.
          const removals = `import '/worker-removals.js';`;
          response.setHeader('content-type', 'text/javascript').end(removals + read('../dist/visavis/visavis-worker.js'));
        } else if (path === '/worker-removals.js') {
          response.setHeader('content-type', 'text/javascript').end(read('fixtures/removals.js') + before);
        } else return false;
        return true;
      },
    });
    const profile = await newProfile();
    const { context, close } = await visit(profile.folder, 'none');
    try {
      const page = await context.newPage();
      await page.goto(`${site.url}fixtures/old.html`);
      const answer = page.locator('#answer');
      await expect(answer).toHaveText(JSON.stringify({ build, thread: 'worker', same: true }));
      expect(JSON.parse((await answer.getAttribute('data-more'))!)).toMatchObject({ verified: [true, false] });
      // The removals took place; they throw where something stays.
      expect(await page.evaluate(() => 'oldBrowser' in globalThis && !('canParse' in URL) && !('findLast' in []))).toBe(true);
      expect(site.requests).toContain('/worker-removals.js');
    } finally {
      await close();
      await profile.remove();
      await site.close();
    }
  });
}
