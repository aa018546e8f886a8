import { findBrowser, LAUNCH_ARGS } from '../tools/browser.mjs';

/** How the bench starts Chromium. Pages that are not in front must be as fast as the one that is. */
export const BROWSER = {
  executablePath: findBrowser(),
  args: [
    ...LAUNCH_ARGS,
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ],
};
