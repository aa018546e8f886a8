import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTENDERS } from './contenders.mjs';
import { Isolate } from './Isolate.mjs';
import { openLibraryPage } from './openLibraryPage.mjs';
import { readMemory } from './readMemory.mjs';

/** After this many frames, whatever is compiled, cached or set aside at first is there. */
const WARM_UP_FRAMES = 50;
const COMPARED = [CONTENDERS.tracked, CONTENDERS.faceApi, CONTENDERS.human];

/**
 * How much memory a library holds, and whether it holds more after many frames.
 * @param {import('../openBench.mjs').Bench} bench
 */
export async function measureMemory(bench) {
  const { frames } = bench.settings;
  const script = await readFile(join(import.meta.dirname, 'recordWasmMemories.js'), 'utf8');
  const rows = [];
  for (const { name, library, mode } of COMPARED) {
    const page = await openLibraryPage(bench, { content: script });
    const isolate = await Isolate.ofPage(page.page, script);
    const read = async () => ({ ...(await readMemory(isolate)), ...(await page.memory()) });
    const empty = await readMemory(isolate);
    await page.open(library);
    await page.run(mode, WARM_UP_FRAMES);
    const before = await read();
    await page.run(mode, frames);
    const after = await read();
    await page.page.close();
    const growth = {
      heapBytes: after.heapBytes - before.heapBytes,
      wasmBytes: after.wasmBytes - before.wasmBytes,
      tensors: after.tensors - before.tensors,
    };
    rows.push({ name, frames, empty, before, after, growth });
    bench.log(
      `  ${name}: heap ${mb(after.heapBytes)}, WebAssembly ${mb(after.wasmBytes)}, ${after.tensors} tensors; grown in ${frames} frames by ${mb(growth.heapBytes)}, ${mb(growth.wasmBytes)} and ${growth.tensors}`,
    );
  }
  return rows;
}

/** @param {number} bytes */
function mb(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
