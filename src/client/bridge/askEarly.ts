import { transfer } from 'comlink';
import { MAX_MANIFEST_BYTES, readAnswer, type Answer, type Refusal } from '../../shared/Answer.js';
import type { EarlyModels } from '../../shared/EarlyModels.js';
import type { EngineOptions } from '../../shared/EngineService.js';
import { fileKey, manifestKey, openKept, readKept } from '../../shared/keptModels.js';
import type { Manifest } from '../../shared/Manifest.js';
import { faultOfFiles } from '../../shared/faultOfFiles.js';
import { DETECTOR_ID, MESH_ID } from '../../shared/modelIds.js';
import { modelsFolder } from '../../shared/modelsFolder.js';

/** The page's own view of it. */
export interface AskedEarly extends EarlyModels {
  /** Calls back whenever something arrives from a server. */
  readonly hear: (onArrived: () => void) => void;
}

/**
 * Reads and fetches the models while the worker's script loads: what the cache holds, and, as soon as the server has sent a manifest, the files
 * that it lists and the cache does not hold. What does not come is left to the worker, which tries again, and says what is wrong.
 * @param signal ends what is still on its way, and lets go of what nobody has taken
 */
export function askEarly(
  { modelsUrl, model, cache }: Pick<EngineOptions, 'modelsUrl' | 'model' | 'cache'>,
  signal: AbortSignal,
): AskedEarly {
  const folder = modelsFolder(modelsUrl);
  const opened = cache ? openKept() : Promise.resolve(null);
  const kept = new Map<string, Promise<ArrayBuffer | null>>();
  const fetched = new Map<string, Arrival>();
  /** Keys and addresses that the engine has asked for: it has them now, or reads and fetches them itself. */
  const given = new Set<string>();
  let heard = () => {};
  const onBytes = () => heard();
  const read = (key: string, maxBytes: number) => {
    const reading = kept.get(key) ?? readKept(opened, key, maxBytes);
    kept.set(key, reading);
    return reading;
  };
  const readFiles = (id: string, bytes: ArrayBuffer | null) =>
    (signal.aborted ? [] : filesOf(id, bytes)).map((file) => ({ ...file, reading: read(file.key, file.bytes) }));
  for (const id of [DETECTOR_ID, MESH_ID, model]) {
    const reading = read(manifestKey(id, modelsUrl), MAX_MANIFEST_BYTES);
    void reading.then((bytes) => readFiles(id, bytes));
    const manifest = arrival(folder.fileAt(`${id}/manifest.json`), { cache: 'no-cache', signal }, MAX_MANIFEST_BYTES, onBytes);
    fetched.set(folder.fileAt(`${id}/manifest.json`), manifest);
    const follow = (answer: Answer | Refusal | null) => {
      for (const { path, bytes, reading } of readFiles(id, bytesOf(answer))) {
        const url = folder.fileAt(`${id}/${path}`);
        if (!given.has(url) && !fetched.has(url)) fetched.set(url, arrival(url, { signal }, bytes, onBytes, reading));
      }
    };
    manifest.answer.then(follow, () => undefined);
  }
  const letGo = () => {
    kept.clear();
    fetched.clear();
  };
  signal.addEventListener('abort', letGo, { once: true });
  return {
    async kept(key) {
      const reading = given.has(key) ? undefined : kept.get(key);
      given.add(key);
      const bytes = await reading;
      return bytes && transfer(bytes, [bytes]);
    },
    async fetched(url, onArrived) {
      const found = given.has(url) ? undefined : fetched.get(url);
      given.add(url);
      if (!found) return null;
      found.listen(onArrived);
      const answer = await found.answer;
      const bytes = bytesOf(answer);
      return bytes ? transfer(answer, [bytes]) : answer;
    },
    hear(onArrived) {
      heard = onArrived;
    },
    drop(url) {
      fetched.get(url)?.end();
    },
  };
}

/** What is on its way from the server. */
interface Arrival {
  /** Null where nothing was asked for, or nothing answered. Rejects where the answer broke off; nobody has to hear of that. */
  readonly answer: Promise<Answer | Refusal | null>;
  listen(onArrived: (bytes: number) => void): void;
  end(): void;
}

/** @param unless nothing is asked for where this has something */
function arrival(url: string, init: RequestInit, maxBytes: number, onBytes: () => void, unless?: Promise<unknown>): Arrival {
  const request = new AbortController();
  const end = () => request.abort();
  if (init.signal?.aborted) end();
  init.signal?.addEventListener('abort', end, { once: true });
  let arrived = 0;
  let listener = (_: number): unknown => undefined;
  const ask = async () => {
    if (unless && (await unless)) return null;
    // A page's policy may forbid what the worker's allows: where nothing answers, the engine asks itself.
    const response = await fetch(url, { credentials: 'same-origin', ...init, signal: request.signal }).catch(() => null);
    return (
      response &&
      readAnswer(response, maxBytes, (bytes) => {
        onBytes();
        listener((arrived += bytes));
      })
    );
  };
  const answer = ask();
  answer.catch(() => undefined);
  return {
    answer,
    end,
    listen(onArrived) {
      listener = onArrived;
      if (arrived > 0) onArrived(arrived);
    },
  };
}

function bytesOf(answer: Answer | Refusal | null): ArrayBuffer | null {
  return answer && 'bytes' in answer ? answer.bytes : null;
}

/** The files that a manifest lists; none where it is no manifest of that model, which the engine will say. */
function filesOf(id: string, bytes: ArrayBuffer | null) {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(bytes!)) as Manifest;
    if (manifest.id !== id || faultOfFiles(manifest.files)) return [];
    return manifest.files.map((file) => ({ ...file, key: fileKey(manifest, file) }));
  } catch {
    return [];
  }
}
