// For tests and tools of this repository: finds a Chromium that Playwright can drive, or installs one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { installedBrowser, LAUNCH_ARGS } from './installedBrowser.mjs';

export { LAUNCH_ARGS };

const installed = () => installedBrowser(chromium.executablePath());

function install() {
  const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
    spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
  console.log('No Chrome or Chromium found; installing one for the tests …');
  const rootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  if (run('npx', 'playwright', 'install', ...(rootOnLinux ? ['--with-deps'] : []), 'chromium') && installed()) return;
  if (rootOnLinux && existsSync('/usr/bin/apt-get')) {
    // Another program may hold the lock, and a mirror may hiccup; what was known of packages before may do.
    const patient = ['-o', 'Acquire::Retries=5', '-o', 'DPkg::Lock::Timeout=180'];
    run('apt-get', ...patient, 'update');
    run('apt-get', ...patient, 'install', '-y', '--no-install-recommends', 'chromium');
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
