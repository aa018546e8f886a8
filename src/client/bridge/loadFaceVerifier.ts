import type { Cohort } from '../../shared/Cohort.js';
import type { Calibration } from '../../shared/Calibration.js';
import { describe } from '../../shared/describe.js';
import { deepFreeze } from '../../shared/deepFreeze.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import { isArithmetic } from '../../shared/isArithmetic.js';
import { assertIntegrity } from '../../shared/integrity.js';
import { BACKENDS, DEFAULT_MODEL, DEFAULT_MODELS_URL, type FaceVerifierOptions } from '../../shared/options.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import { VERSION } from '../../shared/version.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { abortable, throwIfAborted } from '../../shared/abortable.js';
import { assertCalibration, calibrate } from '../calibrate.js';
import { assertOwnPin } from './assertOwnPin.js';
import { askEarly } from './askEarly.js';
import { EngineBridge } from './EngineBridge.js';
import { engineAssets } from './engineAssets.js';
import { engineAt } from './engineAt.js';
import type { EngineCode } from './EngineCode.js';
import { EngineLooker } from '../live/EngineLooker.js';
import { FaceVerifier } from '../FaceVerifier.js';
import { assertVerifierOptions } from '../VerifierSource.js';
import { openEngine } from './openEngine.js';
import { withCohort } from './withCohort.js';

const MODEL_ID = /^[\w][\w.-]*$/;

/** What `createFaceVerifier` does, with the engine that an entry has. */
export async function loadFaceVerifier(code: EngineCode, options: FaceVerifierOptions): Promise<FaceVerifier> {
  assertVerifierOptions(options);
  const {
    modelsUrl = DEFAULT_MODELS_URL,
    model = DEFAULT_MODEL,
    backend = 'auto',
    arithmetic = 'auto',
    operatingPoints: calibration,
    integrity = {},
    cache = true,
    onProgress,
    signal,
    workerUrl,
    tfjsUrl,
  } = options;
  if (backend !== 'auto' && !BACKENDS.includes(backend)) {
    throw new RangeError(`expected backend 'auto', 'webgl', 'webgpu' or 'wasm', got ${describe(backend)}`);
  }
  if (!isArithmetic(arithmetic)) {
    throw new RangeError(`expected arithmetic 'auto', 'int8', 'int16' or 'float32', got ${describe(arithmetic)}`);
  }
  if (typeof model !== 'string' || !MODEL_ID.test(model)) {
    throw new TypeError(`expected model to be a folder's name below modelsUrl, such as '${DEFAULT_MODEL}', got ${describe(model)}`);
  }
  assertIntegrity(integrity);
  assertOwnPin(model, integrity);
  if (calibration !== undefined) assertCalibration(calibration);
  // It is frozen below, and the caller's own stays as it is.
  const operatingPoints = calibration && (JSON.parse(JSON.stringify(calibration)) as Calibration);
  if (typeof document === 'undefined') {
    throw new VisavisError(
      'backend-unavailable',
      'createFaceVerifier runs in a page and starts a worker of its own: call it in the page, not in a worker and not in Node.',
    );
  }
  const folder = folderOf(modelsUrl, "modelsUrl to be the URL of the models' folder");
  const assets = engineAssets(
    code,
    tfjsUrl === undefined ? undefined : folderOf(tfjsUrl, "tfjsUrl to be the URL of the folder with TensorFlow.js's files"),
    workerUrl === undefined ? undefined : absolute(workerUrl, "workerUrl to be the URL of the worker's script").href,
  );
  if (!globalThis.crypto?.subtle) {
    throw new VisavisError(
      'backend-unavailable',
      'Model files cannot be checked on an insecure page: serve it over HTTPS, or from localhost.',
    );
  }
  throwIfAborted(signal);
  let info: VerifierInfo;
  let cohort: Cohort | undefined;
  const engine = workerUrl ? engineAt(workerUrl, code) : code;
  const asking = new AbortController();
  const bridge = new EngineBridge({
    open: () => openEngine(engine),
    options: { version: VERSION, assets, modelsUrl: folder, model, backend, arithmetic, cache, integrity: { ...integrity } },
    early: askEarly({ modelsUrl: folder, model, integrity, cache }, asking.signal),
    onInfo(engine, thread) {
      const loaded = { ...engine, normalized: withCohort(engine, cohort) };
      cohort = loaded.normalized?.cohort;
      const calibrated = operatingPoints ? { ...loaded, ...calibrate(operatingPoints, loaded) } : loaded;
      info = deepFreeze({ ...calibrated, thread, version: VERSION });
    },
  });
  try {
    await abortable(
      bridge.load((progress) => onProgress?.(progress)),
      signal,
    );
    return new FaceVerifier(FACTORY, bridge, new EngineLooker(bridge, () => info));
  } catch (error) {
    bridge.dispose();
    throw error;
  } finally {
    asking.abort();
  }
}

/** The folder's absolute address, with a slash at the end of its path; a query stays. */
function folderOf(given: string | URL, expected: string): string {
  const url = absolute(given, expected);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.hash = '';
  return url.href;
}

/** @param expected for the TypeError that says "expected X, got Y" */
function absolute(given: string | URL, expected: string): URL {
  try {
    return new URL(given, document.baseURI);
  } catch {
    throw new TypeError(`expected ${expected}, got ${describe(given)}`);
  }
}
