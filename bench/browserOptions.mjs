import { findBrowser, LAUNCH_ARGS } from '../tools/browser.mjs';

/** How the bench starts Chromium. Pages in the background must be as fast as the one in front. */
export const BROWSER = {
  executablePath: findBrowser(),
  args: [
    ...LAUNCH_ARGS,
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ],
};
