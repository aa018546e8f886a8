// npm run build && node tools/measure-browsers.mjs [--rounds N] [--only firefox,…]: what an embedding takes in each arithmetic, in each browser that is
// installed, on one thread. The browsers run by themselves: driven by WebDriver, Firefox runs WebAssembly many times slower.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser, LAUNCH_ARGS } from './browser.mjs';
import { count } from './count.mjs';
import { serveFolders } from './staticServer.mjs';

const ROOT = join(import.meta.dirname, '..');
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';
const PATIENCE_MS = 300_000;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '12' }, only: { type: 'string' } } });
const rounds = count('--rounds', values.rounds);

/**
 * @typedef {{ arithmetic: string, build: string, cosine: number, quickest: number, median: number }} Row milliseconds an embedding; `cosine`:
 * to what floats gave
 */

/** The command that opens an address, with a folder for its profile. @type {Record<string, (url: string, profile: string) => Promise<string[]>>} */
const BROWSERS = {
  chromium: async (url, profile) => [findBrowser(), ...LAUNCH_ARGS, '--headless=new', `--user-data-dir=${profile}`, url],
  firefox: async (url, profile) => ['firefox-esr', '--headless', '--no-remote', '--profile', profile, url],
  webkit: async (url) => {
    const folders = (await readdir(LIBRARIES)).filter((name) => name.startsWith('webkit2gtk-4')).sort();
    return ['xvfb-run', '-a', join(LIBRARIES, folders.at(-1) ?? 'webkit2gtk-4.1', 'MiniBrowser'), url];
  },
};

for (const name of values.only?.split(',') ?? Object.keys(BROWSERS)) {
  try {
    const { agent, rows } = await measureIn(name);
    const [floats] = rows;
    console.log(
      `\n${name}: ${agent}\n\n| arithmetic | build | quickest | median | ratio | cosine to floats |\n| --- | --- | ---: | ---: | ---: | ---: |`,
    );
    for (const { arithmetic, build, cosine, quickest, median } of rows) {
      const ratio = (floats.quickest / quickest).toFixed(2);
      console.log(`| ${arithmetic} | ${build} | ${quickest.toFixed(2)} | ${median.toFixed(2)} | ${ratio}× | ${cosine.toFixed(5)} |`);
    }
  } catch (error) {
    console.log(`\n${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

/** @param {string} name @returns {Promise<{ agent: string, rows: Row[] }>} */
async function measureIn(name) {
  const command = BROWSERS[name];
  if (!command) throw new RangeError(`expected some of ${Object.keys(BROWSERS).join(', ')}, got "${name}"`);
  /** @type {(report: any) => void} */
  let tell = () => undefined;
  const told = new Promise((resolve) => (tell = resolve));
  const page = `<!doctype html><meta charset="utf-8"><title>Embeddings</title><script type="module">(${measureInPage})(${rounds})
    .then((report) => report, (error) => ({ error: String(error) }))
    .then((report) => fetch('/report', { method: 'POST', body: JSON.stringify(report) }));</script>`;
  const server = await serveFolders(
    { '/dist': join(ROOT, 'dist'), '/models': join(ROOT, 'public/models') },
    {
      // Without cross-origin isolation there is one thread.
      headers: {},
      handler(request, response) {
        if (request.url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(page);
        else if (request.url === '/report') {
          let text = '';
          request.on('data', (chunk) => (text += chunk));
          request.on('end', () => {
            response.end();
            tell(JSON.parse(text));
          });
        } else return false;
        return true;
      },
    },
  );
  const profile = await mkdtemp(join(tmpdir(), 'visavis-browser-'));
  let timer;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let browser;
  try {
    const [executable, ...args] = await command(server.url, profile);
    // A group of its own, so that its processes end with it.
    browser = spawn(executable, args, {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    });
    const failed = new Promise((_, reject) => {
      browser?.on('error', () => reject(new Error(`${executable} is not installed`)));
      browser?.on('exit', () => reject(new Error(`${executable} ended before it had answered`)));
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    });
    const report = await Promise.race([told, failed]);
    if (report.error) throw new Error(report.error);
    return report;
  } finally {
    clearTimeout(timer);
    browser?.removeAllListeners('exit');
    if (browser?.pid) {
      try {
        process.kill(-browser.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs in the page. @param {number} rounds @returns {Promise<{ agent: string, rows: Row[] }>} */
async function measureInPage(rounds) {
  const load = (/** @type {string} */ path) => import(path);
  const { createFaceVerifier } = await load('/dist/visavis.js');
  const { embedCrop } = await load('/dist/testing.js');
  // So many at once, since browsers round the time.
  const RUNS = 20;
  const crop = new ImageData(160, 160);
  for (let i = 0; i < crop.data.length; i++) crop.data[i] = i % 4 === 3 ? 255 : 128 + 100 * Math.sin(i / 97) * Math.cos(i / 6400);
  const ways = [];
  for (const arithmetic of ['float32', 'int16', 'int8']) {
    const verifier = await createFaceVerifier({ modelsUrl: '/models/', backend: 'wasm', arithmetic });
    ways.push({ verifier, times: /** @type {number[]} */ ([]), embedding: /** @type {Float32Array} */ (await embedCrop(verifier, crop)) });
  }
  // The first two rounds warm up.
  for (let round = -2; round < rounds; round++) {
    for (const { verifier, times } of ways) {
      const began = performance.now();
      for (let run = 0; run < RUNS; run++) await embedCrop(verifier, crop);
      if (round >= 0) times.push((performance.now() - began) / RUNS);
    }
  }
  const [floats] = ways;
  const rows = ways.map(({ verifier, times, embedding }) => {
    const sorted = times.sort((a, b) => a - b);
    const cosine = embedding.reduce((sum, value, i) => sum + value * floats.embedding[i], 0);
    return {
      ...{ arithmetic: verifier.info.arithmetic, build: verifier.info.build, cosine },
      ...{ quickest: sorted[0], median: sorted[sorted.length >> 1] },
    };
  });
  return { agent: navigator.userAgent, rows };
}
