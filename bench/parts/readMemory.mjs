/** A thread that sleeps until there is work cannot answer. It has next to no heap, and shares its WebAssembly memory. */
const PATIENCE_MS = 3000;

/**
 * @typedef {{ heapBytes: number, wasmBytes: number, isolates: number, asleep: number }} Memory of the page and all its workers, except
 * those asleep
 */

/**
 * Collects garbage, then counts the JavaScript heap and the WebAssembly memory of a page and of its workers, and of theirs.
 * @param {import('./Isolate.mjs').Isolate} isolate of the page, in which as in its workers `recordWasmMemories.js` ran first
 * @returns {Promise<Memory>}
 */
export async function readMemory(isolate) {
  const isolates = [isolate, ...isolate.descendants()];
  const answers = (await Promise.all(isolates.map((each) => within(PATIENCE_MS, readIsolate(each))))).filter((answer) => answer !== null);
  /** Memory that several threads share appears in each of them. @type {Set<number>} */
  const shared = new Set();
  let wasmBytes = 0;
  for (const { bytes, isShared } of answers.flatMap(({ memories }) => memories)) {
    if (isShared && shared.has(bytes)) continue;
    if (isShared) shared.add(bytes);
    wasmBytes += bytes;
  }
  const heapBytes = answers.reduce((sum, answer) => sum + answer.heapBytes, 0);
  return { heapBytes, wasmBytes, isolates: isolates.length, asleep: isolates.length - answers.length };
}

/** @param {import('./Isolate.mjs').Isolate} isolate */
async function readIsolate(isolate) {
  await isolate.send('HeapProfiler.collectGarbage');
  const { usedSize } = await isolate.send('Runtime.getHeapUsage');
  const { result } = await isolate.send('Runtime.evaluate', { expression: 'wasmMemories()', returnByValue: true });
  return { heapBytes: /** @type {number} */ (usedSize), memories: /** @type {{ bytes: number, isShared: boolean }[]} */ (result.value) };
}

/** @template T @param {number} ms @param {Promise<T>} promise @returns {Promise<T | null>} null if it takes longer */
async function within(ms, promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  try {
    return /** @type {T | null} */ (await Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}
