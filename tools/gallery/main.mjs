// npm run gallery -- --out DIR [--width 360] [--look dark] [--state hint]: every state of <visavis-capture> on sheets, a PNG for each dozen,
// at each width and look. Nothing runs: the element's own views and styles draw what the states say, with nobody's face.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { findBrowser, LAUNCH_ARGS } from '../browser.mjs';

/** The screen's size, and how much of it a sheet shows: the element stands at its left. */
const SCREENS = [
  { width: 360, height: 740, shown: 360, columns: 6, rows: 2 },
  { width: 768, height: 1024, shown: 520, columns: 5, rows: 2 },
  { width: 1440, height: 900, shown: 520, columns: 5, rows: 2 },
];
/** @type {Record<string, { lang?: string, media?: Parameters<import('playwright').Page['emulateMedia']>[0] }>} */
const LOOKS = {
  light: {},
  dark: { media: { colorScheme: 'dark' } },
  forced: { media: { forcedColors: 'active' } },
  'forced-dark': { media: { forcedColors: 'active', colorScheme: 'dark' } },
  ar: { lang: 'ar' },
  he: { lang: 'he', media: { colorScheme: 'dark' } },
  reduced: { media: { reducedMotion: 'reduce' } },
};
const SITE = 'http://gallery.invalid/';

const { values } = parseArgs({
  options: {
    ...{ out: { type: 'string' }, width: { type: 'string' }, look: { type: 'string', multiple: true } },
    ...{ lang: { type: 'string' }, state: { type: 'string', default: '' } },
  },
});
const { out, width, look = Object.keys(LOOKS), lang } = values;
if (!out) throw new Error('expected --out DIR, where the sheets are written');

const files = await bundle();
const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_ARGS });
try {
  await mkdir(out, { recursive: true });
  for (const name of look) {
    const { lang: usual = 'en', media = {} } = LOOKS[name];
    const page = await browser.newPage({ deviceScaleFactor: 1 });
    await page.route(`${SITE}**`, (route) => {
      const path = new URL(route.request().url()).pathname.slice(1);
      if (path in files) return route.fulfill({ contentType: 'text/javascript', body: files[path] });
      const body = path === 'cell' ? '<body><script type="module" src="cell.js"></script>' : '<body>';
      const style = '<style>:root { color-scheme: light dark } body { margin: 8px; font-family: system-ui, sans-serif }</style>';
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html><meta charset="utf-8" />${style}${body}` });
    });
    await page.emulateMedia({ colorScheme: 'light', ...media });
    await page.goto(`${SITE}states`);
    const { STATES } = await page.evaluate(() => import(/* @vite-ignore */ new URL('states.js', location.href).href));
    const states = Object.keys(STATES).filter((state) => new RegExp(values.state).test(state));
    for (const screen of SCREENS.filter((each) => !width || each.width === Number(width))) {
      const count = screen.columns * screen.rows;
      for (let i = 0; i < states.length; i += count) {
        await page.setViewportSize({ width: screen.columns * (screen.shown + 8), height: screen.rows * (screen.height + 26) });
        await page.goto(`${SITE}sheet`);
        await page.evaluate(lay, { screen, states: states.slice(i, i + count), lang: lang ?? usual });
        await page.waitForTimeout(200);
        const file = join(out, `${screen.width}-${name}-${String(i / count + 1).padStart(2, '0')}.png`);
        await page.screenshot({ path: file, animations: 'disabled' });
        console.log(file);
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
}

/**
 * Runs in the page: a window for each state. Resolves when all are drawn.
 * @param {{ screen: typeof SCREENS[number], states: string[], lang: string }} sheet
 */
async function lay({ screen, states, lang }) {
  document.body.style.cssText = `margin: 0; display: grid; grid-template-columns: repeat(${screen.columns}, ${screen.shown}px); gap: 8px`;
  const windows = states.map((state) => {
    const cell = document.body.appendChild(document.createElement('div'));
    cell.style.cssText = 'overflow: hidden; font: 11px/18px monospace';
    cell.textContent = state;
    const frame = cell.appendChild(document.createElement('iframe'));
    frame.style.cssText = `display: block; border: 0; width: ${screen.width}px; height: ${screen.height}px`;
    frame.src = `cell?${new URLSearchParams({ state, lang })}`;
    return frame;
  });
  while (windows.some(({ contentDocument }) => !contentDocument?.querySelector('html[data-ready]'))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @returns {Promise<Record<string, string>>} scripts by name */
async function bundle() {
  const entry = (/** @type {string} */ name) => join(import.meta.dirname, `${name}.ts`);
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ...{ write: false, minify: false, target: 'es2022', modulePreload: false },
      rolldownOptions: {
        input: { cell: entry('cell'), states: entry('states') },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (Array.isArray(built) ? built[0] : built);
  return Object.fromEntries(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])));
}
