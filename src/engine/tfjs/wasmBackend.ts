import * as tf from '@tensorflow/tfjs-core';
import FILES from 'virtual:visavis/tfjs-wasm';
import { unpackFile } from '../../shared/unpackFile.js';
import { withinAwakeTime } from '../../shared/withinAwakeTime.js';

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
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  // Fetched by the platform, which `withBytes` answers for; so the address is of no interest.
  wasm.setWasmPaths('', true);
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean;
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  // Called directly: tf.setBackend would swallow the reason of a failure, and stay pending for ever after one that only hangs.
  const create = tf.findBackendFactory('wasm');
  const failures: string[] = [];
  for (const build of BUILDS) {
    if (build === 'tfjs-simd' && !simd) continue;
    tf.env().set('WASM_HAS_SIMD_SUPPORT', build === 'tfjs-simd');
    try {
      const bytes = await unpackFile(FILES, build === 'tfjs-simd' ? 'tfjs-backend-wasm-simd' : 'tfjs-backend-wasm');
      // By itself TensorFlow.js would wait for ever for what does not compile.
      await WebAssembly.compile(bytes);
      const instance = await withBytes(bytes, () => withinAwakeTime(create(), PATIENCE_MS, fail));
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

/** Lets TensorFlow.js have its file from memory: it knows no other way to be given one than by fetching it. */
async function withBytes<T>(bytes: ArrayBuffer, task: () => Promise<T>): Promise<T> {
  const { platform } = tf.env();
  const fetch = platform.fetch.bind(platform);
  platform.fetch = () => Promise.resolve(new Response(bytes));
  try {
    return await task();
  } finally {
    platform.fetch = fetch;
  }
}

function fail(): never {
  throw new Error(`it did not start within ${PATIENCE_MS / 1000} s`);
}
