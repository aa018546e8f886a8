/**
 * @typedef {'tracked' | 'anew' | 'cached'} Mode
 * @typedef {{
 *   page: import('playwright').Page,
 *   open: (library: string) => Promise<string>,
 *   run: (mode: Mode, runs: number) => Promise<number[]>,
 *   openCamera: () => Promise<void>,
 *   live: (mode: Mode, seconds: number) => Promise<number>,
 *   closeCamera: () => Promise<void>,
 *   memory: () => Promise<{ tensors: number, bytes: number }>,
 * }} LibraryPage `open` loads a library up to its first result and returns what it runs on; `run` returns the milliseconds of each
 * embedding; `live` counts embeddings
 */

/**
 * A page that can run one library, with the frames ready.
 * @param {import('../openBench.mjs').Bench} bench
 * @param {(() => void) | { content: string }} [before] a function or a script that runs in the page first
 * @returns {Promise<LibraryPage>}
 */
export async function openLibraryPage({ openPage }, before) {
  const page = await openPage('/pages/library.html', before);
  /** @param {string} method @param {unknown[]} args @returns {Promise<any>} */
  const call = (method, ...args) =>
    page.evaluate(([name, values]) => /** @type {any} */ (window).bench[name](...values), /** @type {const} */ ([method, args]));
  await call('prepare');
  return {
    page,
    open: (library) => call('open', library),
    run: (mode, runs) => call('run', mode, runs),
    openCamera: () => call('openCamera'),
    live: (mode, seconds) => call('live', mode, seconds),
    closeCamera: () => call('closeCamera'),
    memory: () => call('memory'),
  };
}
