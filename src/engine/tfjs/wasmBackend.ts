import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url&no-inline';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url&no-inline';
import * as tf from '@tensorflow/tfjs-core';
import { assertWasmAllowed, fetchWasm } from '../fetchWasm.js';

/** The two builds, better first. (That with threads is left out: graphs that want speed run on our own kernels.) */
const BUILDS = ['tfjs-simd', 'tfjs'] as const;
export type TfjsWasmBuild = (typeof BUILDS)[number];

/** Some failures TensorFlow.js only waits for; no device takes this long. */
const PATIENCE_MS = 60_000;

/** One start per thread, also a failed one: TensorFlow.js cannot start again. A second verifier on this thread shares the backend. */
let started: ReturnType<typeof startBest> | null = null;

/** Starts the best build that works here. Throws an Error that says what each build failed with. */
export async function startWasm(): Promise<TfjsWasmBuild> {
  const build = await (started ??= startBest());
  await tf.setBackend('wasm');
  return build;
}

async function startBest(): Promise<TfjsWasmBuild> {
  assertWasmAllowed();
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths({
    'tfjs-backend-wasm.wasm': absolute(plainUrl),
    'tfjs-backend-wasm-simd.wasm': absolute(simdUrl),
    'tfjs-backend-wasm-threaded-simd.wasm': '', // asked for, never fetched
  });
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean;
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  // Called directly: tf.setBackend would swallow the reason of a failure, and stay pending for ever after one that only hangs.
  const create = tf.findBackendFactory('wasm');
  const failures: string[] = [];
  for (const build of BUILDS) {
    if (build === 'tfjs-simd' && !simd) continue;
    tf.env().set('WASM_HAS_SIMD_SUPPORT', build === 'tfjs-simd');
    try {
      // TensorFlow.js fetches it again, from the browser's cache; by itself it would wait for ever for a file that is not there.
      await fetchWasm(build === 'tfjs-simd' ? simdUrl : plainUrl);
      const instance = await withPatience(Promise.resolve(create()));
      tf.removeBackend('wasm');
      tf.registerBackend('wasm', () => instance, 2);
      return build;
    } catch (error) {
      // TensorFlow.js rejects with plain objects.
      failures.push(`${build}: ${(error as Partial<Error> | undefined)?.message ?? String(error)}`);
    }
  }
  throw new Error(`no WebAssembly build of TensorFlow.js started: ${failures.join('; ')}`);
}

function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}

async function withPatience<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not start within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
