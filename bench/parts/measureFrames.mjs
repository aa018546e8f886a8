import { takeTurns } from '../statistics/takeTurns.mjs';
import { CONTENDERS } from './contenders.mjs';
import { openLibraryPage } from './openLibraryPage.mjs';

/** Pause between two turns. */
const PAUSE_MS = 100;
const COMPARED = Object.values(CONTENDERS);

/**
 * The whole way from a frame to the embedding of its face.
 * @param {import('../openBench.mjs').Bench} bench
 */
export async function measureFrames(bench) {
  /** @type {Map<string, import('./openLibraryPage.mjs').LibraryPage & { build: string }>} */
  const pages = new Map();
  for (const library of new Set(COMPARED.map((each) => each.library))) {
    const page = await openLibraryPage(bench);
    const build = await page.open(library);
    pages.set(library, { ...page, build });
    bench.log(`  ${library}: ${build}`);
  }
  const pageOf = (/** @type {string} */ library) => /** @type {NonNullable<ReturnType<typeof pages.get>>} */ (pages.get(library));
  /** @param {import('./contenders.mjs').Contender} contender */
  const run = async ({ library, mode }) => {
    const { page, run: runIt } = pageOf(library);
    await page.waitForTimeout(PAUSE_MS);
    return runIt(mode, bench.settings.runs);
  };
  for (const contender of COMPARED) await run(contender);
  const samples = await takeTurns(COMPARED, bench.settings.rounds, run);
  for (const { page } of pages.values()) await page.close();
  return COMPARED.map(({ name, library }, i) => ({ name, build: pageOf(library).build, ...samples[i] }));
}
