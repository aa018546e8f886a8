import type { Backend } from '../../shared/options.js';
import type { BuiltPipeline } from '../buildPipeline.js';
import { release, type Started } from '../startPipeline.js';
import { NotLoaded } from './NotLoaded.js';
import type { RememberedBackend } from './rememberedBackend.js';

/** Moving costs memory and a little time, so it has to be worth it. */
const WORTH_IT = 0.8;
/** A single run that takes so many times as long says enough, whatever it was that delayed it. */
const HOPELESS = 2;
const RUNS = 5;
const DAY_MS = 86_400_000;

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
 * is. What was found is remembered: WASM is not measured again, and a faster backend is started without measuring. To fail is an answer too.
 * Where a file did not load there is none yet, and a day later it is asked again.
 * @param inUse what runs now
 * @param remembered null where nothing is to be kept in this browser
 * @param timeOf milliseconds of one run
 * @param isOver whether the engine has ended meanwhile: nothing is remembered then, since what ends takes another time
 */
export async function fasterBackend(
  candidates: readonly Candidate[],
  inUse: BuiltPipeline,
  remembered: RememberedBackend | null,
  timeOf: (built: BuiltPipeline) => Promise<number>,
  isOver: () => boolean,
): Promise<Started | null> {
  const known = await remembered?.read();
  if (known === 'wasm') return null;
  let ours: number | undefined;
  const isFaster = async (built: BuiltPipeline) => {
    ours ??= await medianTime(() => timeOf(inUse), Infinity);
    return (await medianTime(() => timeOf(built), HOPELESS * ours)) < WORTH_IT * ours;
  };
  let [isAnswered, isUnknown] = [false, false];
  for (const { backend, isHardware, start } of candidates) {
    if (isOver()) return null;
    if (known && backend !== known) continue;
    let started: Started | null = null;
    try {
      if (!(await isHardware())) continue;
      started = await start();
      const isBetter = known || (await isFaster(started.built));
      isAnswered = true;
      // What a lost one computes it computes at once.
      if (isBetter && !started.backend.isLost() && !isOver()) {
        await remembered?.write(backend);
        return started;
      }
    } catch (error) {
      if (error instanceof NotLoaded) isUnknown = true;
      else isAnswered = true;
    }
    if (started) release(started);
  }
  if (isOver()) return null;
  if (isUnknown) {
    // What was found before still holds.
    if (!known) await remembered?.write('wasm', DAY_MS);
  } else if (isAnswered) await remembered?.write('wasm');
  // Without any GPU the question cost nothing: a browser that gets one later asks anew.
  return null;
}

/** The median of five runs after one to warm up; Infinity as soon as one of them takes `limit` or longer. */
async function medianTime(run: () => Promise<number>, limit: number): Promise<number> {
  await run();
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const time = await run();
    if (time >= limit) return Infinity;
    times.push(time);
  }
  return times.sort((a, b) => a - b)[RUNS >> 1]!;
}
