// Finds a Chromium that Playwright can drive: VISAVIS_BROWSER, an installed Chrome or Chromium, Playwright's own, or one that it installs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome', 'chrome.exe', 'msedge.exe'];
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.PROGRAMFILES ?? 'C:/Program Files', 'Google/Chrome/Application/chrome.exe'),
  join(process.env.LOCALAPPDATA ?? '', 'Google/Chrome/Application/chrome.exe'),
];

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

function installed() {
  if (process.env.VISAVIS_BROWSER) return process.env.VISAVIS_BROWSER;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...USUAL_PLACES, chromium.executablePath()].find((path) => path && existsSync(path));
}

function install() {
  const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
    spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
  console.log('No Chrome or Chromium found; installing one for the tests …');
  const rootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  if (run('npx', 'playwright', 'install', ...(rootOnLinux ? ['--with-deps'] : []), 'chromium') && installed()) return;
  if (rootOnLinux && existsSync('/usr/bin/apt-get')) {
    if (run('apt-get', 'update')) run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium');
  }
}

/** The path of a browser; installs one if there is none. If that fails too, exits with one clear sentence. */
export function findBrowser() {
  if (!installed()) install();
  const path = installed();
  if (path) return path;
  console.error('No browser: install Chrome or Chromium, or set VISAVIS_BROWSER to the path of one, and run this again.');
  process.exit(1);
}
