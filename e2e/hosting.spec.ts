import { expect, test, type Locator } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ISOLATION } from '../tools/staticServer.mjs';
import { newProfile, visit } from './launch.js';
import { openSite, type SiteOptions } from './site.js';

const DIST = join(import.meta.dirname, '../dist');
const WORKER = readFileSync(join(DIST, 'visavis-worker.js'), 'utf8');

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
    const isWorker = path === '/dist/visavis-worker.js';
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

test('runs the kernels whatever type their files have', async () => {
  for (const type of ['application/wasm; charset=utf-8', 'application/wasm;', 'application/octet-stream', 'text/plain', '']) {
    const answer: SiteOptions['answer'] = (path, response) => {
      if (!path.endsWith('.wasm')) return false;
      if (type) response.setHeader('content-type', type);
      response.setHeader('x-content-type-options', 'nosniff').end(readFileSync(join(DIST, path.slice('/dist/'.length))));
      return true;
    };
    await compare({ headers: {}, answer }, '', async ({ answer, more }) => {
      await expect(answer).toHaveText(ran('relaxed'));
      expect((await more()).fallbacks).toEqual([]);
    });
  }
});

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
    reason: /could not grow/,
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

test('runs on the threads that did start, though the first did not', async () => {
  const before = `${FOUR} let count = 0; const Real = Worker;
    self.Worker = function (...args) { if (count++ === 0) throw new Error('refused'); return new Real(...args); };`;
  await compare({ headers: ISOLATION, answer: workerAfter(before) }, '', async ({ answer, more }) => {
    await expect(answer).toHaveText(ran('relaxed-threads'));
    expect(await more()).toMatchObject({ threads: 3, fallbacks: [] });
  });
});

test('says so when the WebAssembly files are not served', async () => {
  await compare({ fault: { kind: 'missing', file: '.wasm' } }, '', async ({ answer }) => {
    await expect(answer).toContainText('backend-unavailable');
    await expect(answer).toContainText('.wasm');
  });
});

test('runs TensorFlow.js where only the kernels are not served, and says so', async () => {
  const answer: SiteOptions['answer'] = (path, response) => /\/kernels-.*\.wasm$/.test(path) && Boolean(response.writeHead(404).end());
  await compare({ headers: {}, answer }, '?backend=auto', async ({ answer, more }) => {
    await expect(answer).toHaveText(ran('tfjs-simd'));
    const reason = expect.stringMatching(/kernels-relaxed\.wasm could not be fetched: the server answered 404/);
    expect((await more()).fallbacks).toEqual([{ from: 'kernels', reason }]);
  });
});

/** Pages on which WebAssembly cannot run at all. */
const NO_WASM: Record<string, { options: SiteOptions; cause: RegExp }> = {
  'start pages come in place of the WebAssembly files': {
    options: {
      headers: {},
      answer: (path, response) =>
        path.endsWith('.wasm') && Boolean(response.setHeader('content-type', 'text/html').end('<!doctype html><div id=root></div>')),
    },
    cause: /kernels-relaxed\.wasm is no WebAssembly: what came is a web page \(text\/html\)/,
  },
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
