// Finds a Chrome or Chromium that is installed. Without any import beside Node's own: the published command uses it too.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome', 'chrome.exe', 'msedge.exe'];
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.PROGRAMFILES ?? 'C:/Program Files', 'Google/Chrome/Application/chrome.exe'),
  join(process.env.LOCALAPPDATA ?? '', 'Google/Chrome/Application/chrome.exe'),
];

/**
 * The path of a browser that Playwright can drive: VISAVIS_BROWSER, an installed Chrome or Chromium, or Playwright's own.
 * @param {string} own where Playwright's own would be
 * @returns {string | undefined}
 */
export function installedBrowser(own) {
  if (process.env.VISAVIS_BROWSER) return process.env.VISAVIS_BROWSER;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...USUAL_PLACES, own].find((path) => path && existsSync(path));
}

/** Switches that keep the browser quiet, and make it work with WebGL and WebGPU and as root on machines without a GPU. */
export const LAUNCH_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-dev-shm-usage',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];
