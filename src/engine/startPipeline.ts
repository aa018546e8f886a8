import type { Backend, BackendChoice } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import { buildPipeline, type BuiltPipeline } from './buildPipeline.js';
import type { Models } from './loadModels.js';
import { BACKEND_STARTERS, type OpenBackend, type BackendStarter } from './openBackend.js';

export interface Started {
  readonly start: BackendStarter;
  readonly backend: OpenBackend;
  readonly built: BuiltPipeline;
}

/**
 * Starts the chosen backend the first way that works here and computes rightly, with `auto` of WASM and else of WebGL. A way starts
 * while the models still download. Throws `backend-unavailable` with what each way failed with, and what `models` rejects with.
 */
export async function startPipeline(choice: BackendChoice, models: Promise<Models>): Promise<Started> {
  const order: Backend[] = choice === 'auto' ? ['wasm', 'webgl'] : [choice];
  const failures: string[] = [];
  for (const name of order) {
    for (const start of BACKEND_STARTERS[name]) {
      let backend: OpenBackend | undefined;
      try {
        backend = await start();
      } catch (error) {
        failures.push(`${name}: ${messageOf(error)}`);
        continue;
      }
      try {
        const arrived = await models;
        try {
          return { start, backend, built: await buildPipeline(backend, arrived) };
        } catch (error) {
          failures.push(`${name} (${backend.build}): ${messageOf(error)}`);
          backend.runtime.dispose();
        }
      } catch (error) {
        backend.runtime.dispose();
        throw error;
      }
    }
  }
  const advice = choice === 'auto' ? 'This browser can run neither WebAssembly nor WebGL.' : `Try backend: 'auto'.`;
  throw new VisavisError('backend-unavailable', `The backend "${choice}" did not start. ${advice} Details: ${failures.join('; ')}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
