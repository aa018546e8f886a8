/** How long a task may take before a person notices it, in ms, by the Long Tasks specification. */
const LIMIT_MS = 50;

/**
 * `longTasks`: how many took longer than 50 ms; `longTaskMs`: their sum; `blockedMs`: the sum of what they took beyond 50 ms; `busyShare`:
 * the share of time spent in tasks of any length.
 * @typedef {{ longTasks: number, longestMs: number, longTaskMs: number, blockedMs: number, busyShare: number }} Blocking
 */

/**
 * Watches the main thread of a page in which `watchMainThread.before` has run first.
 * @param {import('playwright').Page} page
 * @returns {Promise<<T>(task: () => Promise<T>) => Promise<{ blocking: Blocking, result: T }>>} runs a task and says how it blocked
 */
export async function watchMainThread(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (/** @type {string} */ key) => metrics.find(({ name }) => name === key)?.value ?? 0;
    return { at: value('Timestamp'), seconds: value('TaskDuration') };
  };
  return async (task) => {
    await page.evaluate(takeLongTasks);
    const before = await busy();
    const result = await task();
    const after = await busy();
    const tasks = await page.evaluate(takeLongTasks);
    const blocking = {
      longTasks: tasks.length,
      longestMs: Math.max(0, ...tasks),
      longTaskMs: tasks.reduce((sum, ms) => sum + ms, 0),
      blockedMs: tasks.reduce((sum, ms) => sum + ms - LIMIT_MS, 0),
      busyShare: (after.seconds - before.seconds) / (after.at - before.at),
    };
    return { blocking, result };
  };
}

/** Runs in the page, before its own scripts. */
watchMainThread.before = () => {
  /** @type {number[]} */
  const tasks = [];
  const take = (/** @type {PerformanceEntryList} */ entries) => tasks.push(...entries.map(({ duration }) => Math.round(duration)));
  const observer = new PerformanceObserver((list) => void take(list.getEntries()));
  observer.observe({ type: 'longtask', buffered: true });
  Object.assign(window, { takeLongTasks: () => (take(observer.takeRecords()), tasks.splice(0)) });
};

/** Runs in the page. @returns {Promise<number[]>} durations in ms since the last call */
async function takeLongTasks() {
  // An entry is queued when its task has ended, and delivered a little later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return /** @type {any} */ (window).takeLongTasks();
}
