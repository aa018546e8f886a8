import type { ModelJson } from '../../graph/ModelJson.js';
import { parseModelJson } from '../../graph/parseModelJson.js';
import type { CohortRule } from '../../shared/Cohort.js';
import type { CohortData } from '../../shared/EngineService.js';
import type { Manifest, ManifestFile } from '../../shared/Manifest.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { assertGoldenFloor } from './assertGoldenFloor.js';
import { fetchChecked, fetchManifest, type FetchOptions } from './fetchChecked.js';
import { assertPinned, digestOf, shippedDigest, type ManifestPin } from './manifestPin.js';
import type { ModelCache } from './modelCache.js';
import { modelsFolder } from '../../shared/modelsFolder.js';
import { withinAwakeTime } from '../../shared/withinAwakeTime.js';
import { parseManifest } from './parseManifest.js';

/** So long a server may take to confirm a manifest that is here already and can't be another: a line that is dead is no reason to wait. */
const CONFIRM_MS = 2000;

/** A TensorFlow.js graph model as it is stored: parsed `model.json` and the concatenated weight shards. */
export interface GraphFiles {
  readonly modelJson: unknown;
  readonly weights: ArrayBuffer;
}

/** A manifest that was checked, in both its forms. */
export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly bytes: ArrayBuffer;
  /** Whether it is the one that this version of the SDK ships. */
  readonly shipped: boolean;
  /** Rejects with VisavisError `model-missing`, `model-corrupt` or `aborted` where the server says otherwise in time. Needs no handler. */
  readonly confirmed: Promise<unknown>;
}

/** The manifest to look for. */
export interface WantedManifest {
  readonly id: string;
  readonly kind: Manifest['kind'];
  readonly pin: ManifestPin;
}

export interface Model extends Pick<LoadedManifest, 'manifest' | 'shipped'> {
  readonly files: GraphFiles;
  /** Only of a model that has one. */
  readonly cohort?: CohortData;
}

/**
 * Fetches and checks the manifest of a model in the folder `modelsUrl`. Where the server cannot be reached, or cannot answer now, takes the
 * one that the model loaded with last, if that is what `pin` demands. With a pin it takes that one at once, since the server's can't be
 * another; but the server still has to confirm it, if it answers within two seconds.
 * @throws VisavisError `model-missing`, `model-corrupt` or `aborted`
 */
export async function loadManifest(
  modelsUrl: string,
  { id, kind, pin }: WantedManifest,
  cache: ModelCache,
  options: FetchOptions = {},
): Promise<LoadedManifest> {
  const url = modelsFolder(modelsUrl).fileAt(`${id}/manifest.json`);
  const check = async (bytes: ArrayBuffer) => {
    const digest = await digestOf(bytes);
    assertPinned(digest, pin, id, url);
    return { bytes, digest };
  };
  // Both at once: a cache may take longer to open than a server to answer.
  let asked: Promise<ArrayBuffer | null> | undefined;
  const ask = () => (asked ??= cache.readManifest(id, pin.digest));
  const answered = fetchManifest(url, ask, options).then(check);
  answered.catch(() => undefined);
  const kept = pin.digest === null ? null : await ask();
  const { bytes, digest } = kept ? { bytes: kept, digest: pin.digest } : await answered;
  const manifest = parseManifest(new TextDecoder().decode(bytes), url);
  if (manifest.id !== id || manifest.kind !== kind) {
    throw new VisavisError('model-corrupt', `${url} describes ${manifest.kind} "${manifest.id}" where ${kind} "${id}" was expected.`);
  }
  const confirmed = kept ? withinAwakeTime(answered, CONFIRM_MS, () => null) : answered;
  confirmed.catch(() => undefined);
  return { manifest, bytes, shipped: digest === shippedDigest(id), confirmed };
}

/**
 * Gets the files that a manifest lists, all at once, from the cache or the network, checks them, and keeps them for the next time.
 * @throws VisavisError `model-missing`, `model-corrupt` or `aborted`
 */
export async function loadModel(
  modelsUrl: string,
  { manifest, bytes: manifestBytes, shipped }: Omit<LoadedManifest, 'confirmed'>,
  cache: ModelCache,
  options: FetchOptions = {},
): Promise<Model> {
  const fetched = new Map<ManifestFile, ArrayBuffer>();
  const folder = modelsFolder(modelsUrl);
  const addressOf = ({ path }: Pick<ManifestFile, 'path'>) => folder.fileAt(`${manifest.id}/${path}`);
  const [json, ...shards] = await Promise.all(
    manifest.files.map(async (file) => {
      const kept = await cache.readFile(manifest, file);
      if (kept) {
        options.onBytes?.(kept.byteLength);
        return kept;
      }
      const bytes = await fetchChecked(addressOf(file), file, options);
      fetched.set(file, bytes);
      return bytes;
    }),
  );
  const cohort = manifest.embedder?.cohort;
  const place = cohort ? manifest.files.findIndex(({ path }) => path === cohort.path) : -1;
  // It is no part of the weights.
  const [rows] = place > 0 ? shards.splice(place - 1, 1) : [];
  const { modelJson, graph } = readModelJson(json!, addressOf(manifest.files[0]!));
  assertGoldenFloor(manifest, graph, addressOf({ path: 'manifest.json' }));
  // Not waited for: the verifier need not be late because a disk is slow.
  void cache.keep(manifest, manifestBytes, fetched);
  return {
    ...{ manifest, shipped },
    files: { modelJson, weights: shards.length === 1 ? shards[0]! : await new Blob(shards).arrayBuffer() },
    ...(cohort && rows && { cohort: { bytes: new Uint8Array(rows), sha256: manifest.files[place]!.sha256, rule: ruleOf(cohort) } }),
  };
}

function ruleOf({ count, scale, k, weight, center }: CohortRule): CohortRule {
  return { count, scale, k, weight, center };
}

/** The bytes are the manifest's, but whoever wrote that may have listed anything. */
function readModelJson(bytes: ArrayBuffer, url: string): { modelJson: unknown; graph: ModelJson } {
  try {
    const modelJson: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return { modelJson, graph: parseModelJson(modelJson) };
  } catch (cause) {
    throw new VisavisError('model-corrupt', `${url} is no TensorFlow.js graph model. Export the model, and its manifest, again.`, {
      cause,
    });
  }
}
