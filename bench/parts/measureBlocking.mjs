import { median } from '../statistics/median.mjs';
import { takeTurns } from '../statistics/takeTurns.mjs';
import { CONTENDERS } from './contenders.mjs';
import { openLibraryPage } from './openLibraryPage.mjs';
import { watchMainThread } from './watchMainThread.mjs';

/** By then the camera has settled. */
const SETTLE_SECONDS = 1;
const COMPARED = [CONTENDERS.tracked, CONTENDERS.faceApi, CONTENDERS.human, CONTENDERS.humanCached];

/**
 * How long the page's own thread cannot respond to a person: while a library loads up to its first result, and with a live camera.
 * @param {import('../openBench.mjs').Bench} bench
 */
export async function measureBlocking(bench) {
  const { liveRounds, liveSeconds } = bench.settings;
  const found = COMPARED.map(({ name }) => ({
    name,
    /** @type {import('./watchMainThread.mjs').Blocking[]} */
    load: [],
    /** @type {(import('./watchMainThread.mjs').Blocking & { perSecond: number })[]} */
    live: [],
  }));
  await takeTurns(COMPARED, liveRounds, async (contender) => {
    const { name, library, mode } = contender;
    const page = await openLibraryPage(bench, watchMainThread.before);
    const watch = await watchMainThread(page.page);
    const load = await watch(() => page.open(library));
    await page.openCamera();
    await page.live(mode, SETTLE_SECONDS);
    const live = await watch(() => page.live(mode, liveSeconds));
    const perSecond = live.result / liveSeconds;
    const rows = found[COMPARED.indexOf(contender)];
    rows.load.push(load.blocking);
    rows.live.push({ ...live.blocking, perSecond });
    bench.log(
      `  ${name}: ${load.blocking.blockedMs} ms blocked while loading, ${live.blocking.blockedMs} ms in ${liveSeconds} s of live camera, ${perSecond.toFixed(1)} embeddings a second`,
    );
    await page.closeCamera();
    await page.page.close();
    return [live.blocking.blockedMs];
  });
  return found.map(({ name, load, live }) => ({ name, load: medians(load), live: medians(live) }));
}

/** @template {Record<string, number>} T @param {T[]} rows @returns {T} the median of each figure */
function medians(rows) {
  return /** @type {T} */ (Object.fromEntries(Object.keys(rows[0]).map((key) => [key, median(rows.map((row) => row[key]))])));
}
