import type { Backend } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { BuiltPipeline } from '../buildPipeline.js';
import type { RememberedBackend } from './rememberedBackend.js';
import type { Started } from '../startPipeline.js';

/** Moving costs memory and a little time, so it has to be worth it. */
const WORTH_IT = 0.8;
const RUNS = 5;

/** Another backend that may be faster than the one in use. */
export interface Candidate {
  readonly backend: Backend;
  /** Whether a real GPU stands behind it; software is many times slower than WASM. */
  readonly isHardware: () => Promise<boolean>;
  /** Starts it and builds the pipeline on it; rejects where that fails, with a VisavisError where it computes wrongly. */
  readonly start: () => Promise<Started>;
}

/**
 * Measures the candidates on this device, in order, and gives the first that is clearly faster than what runs now, started; null where none
 * is. What was found is remembered: WASM is not measured again, and a faster backend is started without measuring. What could not be found
 * out, as where a file did not load, is asked again another time.
 * @param ours milliseconds that the backend in use takes
 * @param remembered null where nothing is to be kept in this browser
 * @param isOver whether the engine has ended meanwhile: nothing is remembered then, since what ends takes another time
 */
export async function fasterBackend(
  candidates: readonly Candidate[],
  ours: () => Promise<number>,
  remembered: RememberedBackend | null,
  isOver: () => boolean = () => false,
  measure: (built: BuiltPipeline) => Promise<number> = medianTime,
): Promise<Started | null> {
  const known = await remembered?.read();
  if (known === 'wasm') return null;
  /** Whether anything was found out. */
  let tried = false;
  for (const { backend, isHardware, start } of candidates) {
    if (isOver()) return null;
    if (known && backend !== known) continue;
    let started: Started | null = null;
    try {
      if (!(await isHardware())) continue;
      started = await start();
      const isFaster = known || (await measure(started.built)) < WORTH_IT * (await ours());
      tried = true;
      if (isFaster && !isOver()) {
        await remembered?.write(backend);
        return started;
      }
    } catch (error) {
      // To compute wrongly is an answer too; anything else may pass.
      tried ||= error instanceof VisavisError;
    }
    started?.built.dispose();
    started?.backend.runtime.dispose();
  }
  // Without any GPU the question cost nothing: a browser that gets one later asks anew.
  if (tried && !isOver()) await remembered?.write('wasm');
  return null;
}

/** Milliseconds to follow and embed one face, the median of five after one to warm up. */
export async function medianTime(built: BuiltPipeline): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= RUNS; i++) {
    const start = performance.now();
    await built.exercise();
    if (i > 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[RUNS >> 1]!;
}
