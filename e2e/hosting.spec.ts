import { expect, test, type Locator } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ISOLATION } from '../tools/staticServer.mjs';
import { newProfile, visit } from './launch.js';
import { openSite, type SiteOptions } from './site.js';

const DIST = join(import.meta.dirname, '../dist');
const WORKER = readFileSync(join(DIST, 'visavis/visavis-worker.js'), 'utf8');

const POLICY = {
  'Content-Security-Policy': `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'`,
};

/** Without the page's own part, the SDK's policy is enough. */
const TYPES = {
  'Content-Security-Policy': `${POLICY['Content-Security-Policy']}; require-trusted-types-for 'script'; trusted-types visavis`,
};

/** The hosting advice of docs/guides/csp.md, header by header: which WebAssembly build runs as a result. */
const CASES: { name: string; headers: Record<string, string>; build: string; query?: string }[] = [
  { name: 'without any header', headers: {}, build: 'relaxed' },
  { name: 'under a strict policy', headers: POLICY, build: 'relaxed' },
  { name: 'cross-origin isolated', headers: ISOLATION, build: 'relaxed-threads' },
  { name: 'isolated, under a strict policy', headers: { ...ISOLATION, ...POLICY }, build: 'relaxed-threads' },
  {
    name: 'under Trusted Types',
    headers: { ...ISOLATION, ...TYPES },
    build: 'relaxed-threads',
    query: '?worker=/dist/visavis/visavis-worker.js',
  },
];

/** What a verifier that has started says of itself beside its build. */
interface More {
  threads: number;
  fallbacks: { from: string; reason: string }[];
  retries: { url: string; attempt: number }[];
}

/** Opens a page that makes a verifier and compares two photos; hands over what it answered and what the browser's console said. */
async function compare(
  options: SiteOptions,
  query: string,
  act: (outcome: { answer: Locator; more: () => Promise<More>; warnings: string[] }) => Promise<void>,
): Promise<void> {
  const site = await openSite({ plain: true, ...options });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning' && message.text().startsWith('visavis')) warnings.push(message.text());
    });
    await page.goto(`${site.url}fixtures/compare.html${query}`);
    const answer = page.locator('#answer');
    const more = async () => JSON.parse((await answer.getAttribute('data-more'))!) as More;
    await act({ answer, more, warnings });
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
}

/** The worker's script, after some other code: its first import is evaluated before the next. */
function workerAfter(code: string): NonNullable<SiteOptions['answer']> {
  return (path, response) => {
    const isWorker = path === '/dist/visavis/visavis-worker.js';
    if (!isWorker && path !== '/before-worker.js') return false;
    const script = isWorker ? `import '/before-worker.js';${WORKER}` : code;
    response.setHeader('content-type', 'text/javascript').end(script);
    return true;
  };
}

const ran = (build: string) => JSON.stringify({ build, thread: 'worker', same: true });

for (const { name, headers, build, query = '' } of CASES) {
  test(`runs ${build} ${name}`, async () => {
    await compare({ headers }, query, async ({ answer, more }) => {
      await expect(answer).toHaveText(ran(build));
      expect((await more()).fallbacks).toEqual([]);
    });
  });
}

/** Isolated pages on which the kernels cannot have threads. `navigator` has four processors, so that three helpers are to start. */
const FOUR = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });`;
const NO_THREADS: Record<string, { before: string; reason: RegExp }> = {
  'the browser refuses shared memory': {
    before: `const Real = WebAssembly.Memory;
      WebAssembly.Memory = function (type) { if (type.shared) throw new RangeError('could not allocate memory'); return new Real(type); };`,
    reason: /could not allocate memory/,
  },
  'shared memory does not grow': {
    before: `WebAssembly.Memory.prototype.grow = ((real) => function (pages) {
      if (this.buffer instanceof SharedArrayBuffer) throw new RangeError('could not grow'); return real.call(this, pages);
    })(WebAssembly.Memory.prototype.grow);`,
    reason: /would need \d+ MB of memory/,
  },
  'workers start no workers': { before: `delete self.Worker;`, reason: /no second thread started.*Worker/ },
  'a policy refuses the threads’ script': {
    before: `self.Worker = class { constructor() { throw new DOMException('refused by policy', 'SecurityError'); } };`,
    reason: /no second thread started.*refused by policy/,
  },
  'threads never answer': {
    before: `self.Worker = class { postMessage() {} terminate() {} };`,
    reason: /no second thread started.*did not answer/,
  },
};

for (const [name, { before, reason }] of Object.entries(NO_THREADS)) {
  test(`runs the kernels on one thread where ${name}`, async () => {
    await compare({ headers: ISOLATION, answer: workerAfter(FOUR + before) }, '', async ({ answer, more }) => {
      await expect(answer).toHaveText(ran('relaxed'));
      const { threads, fallbacks } = await more();
      expect(threads).toBe(1);
      expect(fallbacks).toEqual([{ from: 'kernels-threads', reason: expect.stringMatching(reason) }]);
    });
  });
}

test('leaves nothing uncaught where it knows that there are no threads before it has a model', async () => {
  const tells = `self.addEventListener('unhandledrejection', ({ reason }) => console.warn('visavis: nobody caught ' + reason));`;
  const before = workerAfter(FOUR + tells + NO_THREADS['workers start no workers'].before);
  const answer: SiteOptions['answer'] = (path, response, query) => {
    if (!path.endsWith('blazeface-256/weights.bin')) return before(path, response, query);
    setTimeout(() => response.end(readFileSync(join(DIST, '..', path))), 500);
    return true;
  };
  await compare({ headers: ISOLATION, answer }, '', async ({ answer, warnings }) => {
    await expect(answer).toHaveText(ran('relaxed'));
    expect(warnings).toEqual([]);
  });
});

test('runs on the threads that did start, though the first did not', async () => {
  const before = `${FOUR} let count = 0; const Real = Worker;
    self.Worker = function (...args) { if (count++ === 0) throw new Error('refused'); return new Real(...args); };`;
  await compare({ headers: ISOLATION, answer: workerAfter(before) }, '', async ({ answer, more }) => {
    await expect(answer).toHaveText(ran('relaxed-threads'));
    expect(await more()).toMatchObject({ threads: 3, fallbacks: [] });
  });
});

/** As a browser refuses what it does not know; the files of TensorFlow.js are larger. */
const NO_KERNELS = `WebAssembly.compile = ((real) => (bytes) =>
  bytes.byteLength < 1e5 ? Promise.reject(new Error('the kernels do not compile')) : real.call(WebAssembly, bytes))(WebAssembly.compile);`;

/** Pages that TensorFlow.js runs on, and where they say it is. */
const TFJS_PLACES: Record<string, { query: string; missing?: RegExp }> = {
  'beside the library': { query: '' },
  'where tfjsUrl says': { query: '&tfjs=/dist/visavis' },
  'beside the worker, where a bundler has not put it elsewhere': {
    query: '&worker=/copied/visavis-worker.js',
    missing: /^\/dist\/visavis\/visavis-tfjs/,
  },
};

for (const [name, { query, missing }] of Object.entries(TFJS_PLACES)) {
  test(`runs TensorFlow.js where the kernels do not start, and says so; its file is ${name}`, async () => {
    const before = workerAfter(NO_KERNELS);
    const answer: SiteOptions['answer'] = (path, response, search) => {
      if (missing?.test(path)) return Boolean(response.writeHead(404).end());
      const copied = path.replace('/copied/', '/dist/visavis/');
      if (before(copied, response, search)) return true;
      if (copied === path) return false;
      response.setHeader('content-type', 'text/javascript').end(readFileSync(join(DIST, copied.slice('/dist/'.length))));
      return true;
    };
    await compare({ headers: POLICY, answer }, `?backend=auto${query}`, async ({ answer, more }) => {
      await expect(answer).toHaveText(ran('tfjs-simd'));
      expect((await more()).fallbacks).toEqual([{ from: 'kernels', reason: 'the kernels do not compile' }]);
    });
  });
}

/** What may come in place of TensorFlow.js's file. */
const NO_TFJS: Record<string, { body: string; reason: RegExp }> = {
  nothing: { body: '', reason: /could not be loaded \(.+\)/ },
  'the file of another version': { body: 'globalThis.other = true;', reason: /is not that file of visavis \d/ },
};

for (const [name, { body, reason }] of Object.entries(NO_TFJS)) {
  test(`names the address and what to do where TensorFlow.js is needed and there is ${name}`, async () => {
    const before = workerAfter(NO_KERNELS);
    const answer: SiteOptions['answer'] = (path, response, search) => {
      if (before(path, response, search)) return true;
      if (!path.endsWith('visavis-tfjs-wasm.js')) return false;
      if (body) response.setHeader('content-type', 'text/javascript').end(body);
      else response.writeHead(404).end();
      return true;
    };
    await compare({ headers: {}, answer }, '', async ({ answer }) => {
      await expect(answer).toContainText('VisavisError backend-unavailable');
      await expect(answer).toContainText('the kernels do not compile');
      await expect(answer).toHaveText(/\/dist\/visavis\/visavis-tfjs-wasm\.js /);
      await expect(answer).toHaveText(reason);
      await expect(answer).toContainText('tfjsUrl');
    });
  });
}

test('names the address and what to do where the worker is not served', async () => {
  const answer: SiteOptions['answer'] = (path, response) => path.endsWith('worker.js') && Boolean(response.writeHead(404).end());
  for (const [query, address] of [
    ['', /http:\S+\/dist\/visavis\/visavis-worker\.js, unless/],
    ['?worker=/elsewhere/worker.js', /from \/elsewhere\/worker\.js/],
  ] as const) {
    await compare({ headers: {}, answer }, query, async ({ answer }) => {
      await expect(answer).toContainText('VisavisError backend-unavailable');
      await expect(answer).toHaveText(address);
      await expect(answer).toContainText('workerUrl');
    });
  }
});

test('refuses a worker of another version', async () => {
  const version = (JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8')) as { version: string }).version;
  const answer: SiteOptions['answer'] = (path, response) => {
    if (!path.endsWith('/visavis-worker.js')) return false;
    response.setHeader('content-type', 'text/javascript').end(WORKER.replaceAll(version, '0.0.1'));
    return true;
  };
  await compare({ headers: {}, answer }, '', async ({ answer }) => {
    await expect(answer).toContainText(`The worker is of visavis 0.0.1, the page's library of "${version}"`);
  });
});

/** Pages on which WebAssembly cannot run at all. */
const NO_WASM: Record<string, { options: SiteOptions; cause: RegExp }> = {
  'the policy lacks wasm-unsafe-eval': {
    options: { headers: { 'Content-Security-Policy': POLICY['Content-Security-Policy'].replace(` 'wasm-unsafe-eval'`, '') } },
    cause: /kernels, tfjs: WebAssembly is forbidden here.*add 'wasm-unsafe-eval'/,
  },
};

for (const [name, { options, cause }] of Object.entries(NO_WASM)) {
  test(`rejects, and does not crawl on software WebGL, where ${name}`, async () => {
    await compare(options, '?backend=auto', async ({ answer, warnings }) => {
      await expect(answer).toHaveText(cause);
      await expect(answer).toHaveText(/^VisavisError backend-unavailable: .*webgl: no graphics card stands behind WebGL/);
      expect(warnings).toEqual([]);
    });
  });
}

test('runs on software WebGL where a page asks for WebGL, with one warning', async () => {
  test.slow();
  await compare({ headers: {} }, '?backend=webgl', async ({ answer, more, warnings }) => {
    await expect(answer).toHaveText(ran('webgl2'), { timeout: 120_000 });
    expect((await more()).fallbacks).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('no graphics card stands behind webgl')]);
  });
});

test('sends the query of modelsUrl with every file, as servers of signed folders demand', async () => {
  const answer: SiteOptions['answer'] = (path, response, query) =>
    path.startsWith('/public/models') && query !== '?sig=a%2Fb' && Boolean(response.writeHead(403).end());
  for (const models of ['/public/models/?sig=a%2Fb', '/public/models?sig=a%2Fb#old']) {
    await compare({ headers: {}, answer }, `?models=${encodeURIComponent(models)}`, async ({ answer }) => {
      await expect(answer).toHaveText(ran('relaxed'));
    });
  }
});

test('fetches each file of the models once, and asks for nothing but their manifests at the next visit', async () => {
  const site = await openSite({ plain: true, headers: {} });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    const modelsAskedFor = async () => {
      site.requests.length = 0;
      await page.goto(`${site.url}fixtures/compare.html`);
      await expect(page.locator('#answer')).toHaveText(ran('relaxed'));
      return site.requests.filter((path) => path.startsWith('/public/models/')).sort();
    };
    const files = { 'blazeface-256': [], 'facemesh-192': [], 'mobilenet-160': ['cohort.bin'] };
    const listed = Object.entries(files).flatMap(([id, more]) =>
      ['manifest.json', 'model.json', 'weights.bin', ...more].map((path) => `/public/models/${id}/${path}`),
    );
    expect(await modelsAskedFor()).toEqual(listed.sort());
    // They are kept when they have been used.
    const kept = () => page.evaluate(async () => (await (await caches.open('visavis-models')).keys()).length);
    await expect.poll(kept).toBe(listed.length);
    expect(await modelsAskedFor()).toEqual(listed.filter((path) => path.endsWith('manifest.json')));
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});

test('downloads again what a server or a connection failed to deliver', async () => {
  const failed = new Set<string>();
  const answer: SiteOptions['answer'] = (path, response) => {
    if (!/(mobilenet-160|facemesh-192)\/weights\.bin$/.test(path) || failed.has(path)) return false;
    failed.add(path);
    if (path.includes('facemesh')) response.writeHead(503, { 'Retry-After': '1' }).end();
    else {
      const bytes = readFileSync(join(DIST, '..', path));
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length >> 1), () => setTimeout(() => response.destroy(), 100));
    }
    return true;
  };
  await compare({ headers: {}, answer }, '', async ({ answer, more }) => {
    await expect(answer).toHaveText(ran('relaxed'));
    const { retries } = await more();
    expect(retries.map(({ url, attempt }) => [new URL(url).pathname, attempt]).sort()).toEqual([
      ['/public/models/facemesh-192/weights.bin', 2],
      ['/public/models/mobilenet-160/weights.bin', 2],
    ]);
  });
});

test('runs under Subresource Integrity, and not at all with another hash', async () => {
  const hashes = JSON.parse(await readFile(join(DIST, 'integrity.json'), 'utf8')) as Record<string, string>;
  const scripts = Object.entries(hashes).filter(([name]) => name === 'visavis.js' || name.startsWith('chunks/'));
  const site = await openSite({ plain: true, headers: { ...ISOLATION, ...POLICY } });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    // The refused one first: nothing is in the browser's cache yet, so that whatever it loads is asked for.
    for (const changed of [true, false]) {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      // A script whose import was refused says so by an event that does not bubble.
      await page.addInitScript(() => {
        const fail = ({ target }: Event) => target instanceof HTMLScriptElement && (document.documentElement.dataset.refused = target.src);
        addEventListener('error', fail, true);
      });
      site.requests.length = 0;
      const pins = scripts.map(([name, hash]) => {
        const other = hashes['visavis/visavis-worker.js'];
        return [`/dist/${name}`, changed && name === 'visavis.js' ? other : hash] as const;
      });
      const map = JSON.stringify({ integrity: Object.fromEntries(pins) });
      const hashOfMap = `'sha256-${createHash('sha256').update(map).digest('base64')}'`;
      const policy = POLICY['Content-Security-Policy'].replace(`script-src 'self'`, `script-src 'self' ${hashOfMap}`);
      const preloads = pins.map(([path, hash]) => `<link rel="modulepreload" href="${path}" integrity="${hash}">`);
      await page.route('**/fixtures/checked.html', (route) =>
        route.fulfill({
          headers: { ...ISOLATION, 'Content-Security-Policy': policy },
          contentType: 'text/html',
          body: `<!doctype html><script type="importmap">${map}</script>${preloads.join('')}<script type="module" src="compare.js"></script><p id="answer"></p>`,
        }),
      );
      // The import comes after its preload was refused: browsers fetch the file again then, and only the import map has its hash.
      const refused = () => expect.poll(() => complaints.join('\n')).toMatch(/integrity/);
      await page.route('**/fixtures/compare.js', async (route) => {
        if (changed) await refused();
        await route.continue();
      });
      try {
        await page.goto(`${site.url}fixtures/checked.html`);
        if (changed) {
          await expect(page.locator('html')).toHaveAttribute('data-refused', /compare\.js$/);
          await refused();
          await expect(page.locator('#answer')).toBeEmpty();
          expect(site.requests.filter((path) => path.includes('visavis-worker') || path.startsWith('/public/models/'))).toEqual([]);
        } else {
          await expect(page.locator('#answer')).toHaveText(ran('relaxed-threads'));
          expect(complaints.filter((text) => /security policy|import ?map/i.test(text))).toEqual([]);
        }
      } catch (cause) {
        const answer = await page.locator('#answer').textContent({ timeout: 1000 }).catch(String);
        const told = { changed, answer, complaints, requests: site.requests };
        throw new Error(`${(cause as Error).message}\n${JSON.stringify(told, null, 2)}`, { cause });
      }
      await page.close();
    }
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});
