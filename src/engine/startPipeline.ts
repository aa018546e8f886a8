import type { BackendChoice } from '../shared/options.js';
import type { Fallback } from '../shared/VerifierInfo.js';
import { VisavisError } from '../shared/VisavisError.js';
import { buildPipeline, type BuiltPipeline, type PipelineModels } from './buildPipeline.js';
import { UnsupportedGraph } from './kernels/UnsupportedGraph.js';
import { GPU_BACKENDS, hasHardware, type BackendStarter, type OpenBackend } from './backend/openBackend.js';

export interface Started {
  readonly start: BackendStarter['start'];
  readonly backend: OpenBackend;
  readonly built: BuiltPipeline;
  /** The ways that were tried before. */
  readonly fallbacks: readonly Fallback[];
}

/**
 * Starts the first way to run the chosen backend that works here and computes rightly, while the models still download.
 * @param starters the ways, best first: see `backendStarters`
 * @throws VisavisError `backend-unavailable` with what each way failed with; what `models` rejects with; `model-corrupt` where no
 *   backend can read them
 */
export async function startPipeline(choice: BackendChoice, models: PipelineModels, starters: readonly BackendStarter[]): Promise<Started> {
  const modelFault: { error?: unknown; found?: true } = {};
  for (const model of [models.detector, models.mesh, models.embedder]) {
    Promise.resolve(model).catch((error: unknown) => Object.assign(modelFault, { error, found: true }));
  }
  const fallbacks: Fallback[] = [];
  let isUnsupported = false;
  for (const starter of starters) {
    // What the kernels do not know they do not know on one thread either.
    if (isUnsupported && starter.name === 'kernels') continue;
    try {
      const started = await startOn(starter, models, fallbacks);
      await warnOfSoftware(choice);
      return started;
    } catch (error) {
      if (modelFault.found) throw modelFault.error;
      if (error instanceof VisavisError && error.code === 'model-corrupt') throw error;
      isUnsupported ||= error instanceof UnsupportedGraph;
      fallbacks.push({ from: starter.name, reason: messageOf(error) });
    }
  }
  throw nothingStarted(choice, fallbacks);
}

/** Starts one way to run, and lets go of it where the pipeline does not run on it; rejects with what either fails with, as it is. */
export async function startOn(
  { start }: Pick<BackendStarter, 'start'>,
  models: PipelineModels,
  fallbacks: readonly Fallback[] = [],
): Promise<Started> {
  const backend = await start();
  try {
    return { start, backend, built: await buildPipeline(backend, models), fallbacks };
  } catch (error) {
    backend.runtime.dispose();
    throw error;
  }
}

export function release({ built, backend }: Started): void {
  built.dispose();
  backend.runtime.dispose();
}

/** Who asks for a GPU may not know that there is none. */
async function warnOfSoftware(choice: BackendChoice): Promise<void> {
  const gpu = GPU_BACKENDS.find((backend) => backend === choice);
  if (!gpu || (await hasHardware(gpu))) return;
  console.warn(`visavis: no graphics card stands behind ${gpu} here, so it may take seconds for a picture; backend: 'auto' is faster.`);
}

function nothingStarted(choice: BackendChoice, failures: readonly Fallback[]): VisavisError {
  // One cause often stops several ways: it is told once.
  const reasons = [...new Set(failures.map(({ reason }) => reason))];
  const details = reasons.map((reason) => {
    const names = failures.filter((failure) => failure.reason === reason).map(({ from }) => from);
    return `${names.join(', ')}: ${reason}`;
  });
  const advice =
    choice === 'auto'
      ? `Mend the first cause; backend: 'webgl' accepts software that takes seconds for a picture.`
      : `Mend the cause, or try backend: 'auto'.`;
  return new VisavisError('backend-unavailable', `The backend "${choice}" did not start. ${details.join('. ')}. ${advice}`);
}

function messageOf(error: unknown): string {
  if (error instanceof VisavisError) return error.plainMessage.replace(/\.$/, '');
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
