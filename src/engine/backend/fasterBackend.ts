import type { Backend } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { BuiltPipeline } from '../buildPipeline.js';
import { release, type Started } from '../startPipeline.js';
import { NotLoaded } from './NotLoaded.js';
import type { RememberedBackend } from './rememberedBackend.js';

/** Moving costs memory and a little time, so it has to be worth it. */
const WORTH_IT = 0.8;
const RUNS = 5;
/** For a run of what is in use: a large model on a slow device takes seconds, which is what a GPU is for. */
const PATIENCE_MS = 60_000;
/** For how long WASM is kept to where a GPU failed, which may have been for once. */
export const DAY_MS = 86_400_000;

/** Another backend that may be faster than the one in use. */
export interface Candidate {
  readonly backend: Backend;
  /** Whether a real GPU stands behind it; software is many times slower than WASM. */
  readonly isHardware: () => Promise<boolean>;
  /** Starts it and builds the pipeline on it; rejects where that fails, with NotLoaded where that says nothing of the GPU. */
  readonly start: () => Promise<Started>;
}

/**
 * Measures the candidates on this device, in order, and gives the first that is clearly faster than what runs now, started; null where none
 * is. What was found is remembered: WASM is not measured again, and a faster backend is started without measuring. For good only what was
 * measured: that nothing is faster, or computes wrongly. After a failure of another kind, or of what was faster once, it is asked again a day later.
 * @param inUse what runs now
 * @param remembered null where nothing is to be kept in this browser
 * @param timeOf milliseconds of one run; told what calls wait for in any case
 * @param isOver whether the engine has ended meanwhile: nothing is remembered then, since what ends takes another time
 */
export async function fasterBackend(
  candidates: readonly Candidate[],
  inUse: BuiltPipeline,
  remembered: RememberedBackend | null,
  timeOf: (built: BuiltPipeline, usual: number) => Promise<number>,
  isOver: () => boolean,
): Promise<Started | null> {
  const known = await remembered?.read();
  if (known === 'wasm') return null;
  let ours: number | undefined;
  const isFaster = async (built: BuiltPipeline) => {
    ours ??= await medianTime(() => timeOf(inUse, PATIENCE_MS), Infinity);
    const usual = ours;
    return (await medianTime(() => timeOf(built, usual), WORTH_IT * usual)) < Infinity;
  };
  let [isAsked, isSettled] = [false, !known];
  for (const { backend, isHardware, start } of candidates) {
    if (isOver()) return null;
    if (known && backend !== known) continue;
    let started: Started | null = null;
    try {
      if (!(await isHardware())) continue;
      started = await start();
      const isBetter = known || (await isFaster(started.built));
      // What a lost one computes it computes at once.
      const isLost = started.backend.isLost();
      if (isBetter && !isLost && !isOver()) {
        await remembered?.write(backend);
        return started;
      }
      isSettled &&= !isLost;
    } catch (error) {
      // It says nothing of a GPU that was found before.
      if (known && error instanceof NotLoaded) return null;
      isSettled &&= error instanceof VisavisError;
    }
    isAsked = true;
    if (started) release(started);
  }
  // Without any GPU the question cost nothing: a browser that gets one later asks anew.
  if (isAsked && !isOver()) await remembered?.write('wasm', isSettled ? Infinity : DAY_MS);
  return null;
}

/** The median of five runs after one to warm up; Infinity as soon as that is certain to be `limit` or longer. */
async function medianTime(run: () => Promise<number>, limit: number): Promise<number> {
  await run();
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    times.push(await run());
    if (times.filter((time) => time >= limit).length > RUNS / 2) return Infinity;
  }
  return times.sort((a, b) => a - b)[RUNS >> 1]!;
}
