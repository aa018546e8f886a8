import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installedBrowser, LAUNCH_ARGS } from '../installedBrowser.mjs';

/**
 * Starts a headless browser of the machine's, driven by Playwright. The package visavis brings neither: most of its users never evaluate.
 * @param {import('playwright-core').LaunchOptions} options
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws {Error} that says what to install
 */
export async function launchBrowser(options) {
  const { chromium } = await loadPlaywright();
  const executablePath = installedBrowser(chromium.executablePath());
  if (executablePath === undefined) {
    throw new Error(
      'There is no browser to compute in: install Chrome or Chromium, or run `npx playwright-core install chromium`, or set VISAVIS_BROWSER to the path of one.',
    );
  }
  return chromium.launch({ executablePath, args: LAUNCH_ARGS, ...options });
}

/**
 * An optional peer: beside this package or, where npx runs it from elsewhere, in the project that the user is in.
 * @returns {Promise<typeof import('playwright-core')>}
 */
async function loadPlaywright() {
  try {
    return await import('playwright-core');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    const path = createRequire(join(process.cwd(), 'package.json')).resolve('playwright-core');
    return (await import(pathToFileURL(path).href)).default;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error(
      'visavis evaluate drives a browser by playwright-core, which is not installed here: run `npm install --save-dev playwright-core`.',
      { cause: error },
    );
  }
}

/** @param {unknown} error */
function isMissing(error) {
  return ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '');
}
