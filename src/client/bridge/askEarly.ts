import { transfer } from 'comlink';
import { MAX_MANIFEST_BYTES, readAnswer, type Answer, type Refusal } from '../../shared/Answer.js';
import type { EarlyModels } from '../../shared/EarlyModels.js';
import type { EngineOptions } from '../../shared/EngineService.js';
import { fileKey, manifestKey, readKept } from '../../shared/keptModels.js';
import type { Manifest } from '../../shared/Manifest.js';
import { faultOfFiles } from '../../shared/faultOfFiles.js';
import { DETECTOR_ID, MESH_ID } from '../../shared/modelIds.js';
import { modelsFolder } from '../../shared/modelsFolder.js';
import SHIPPED from '../../shared/shippedFiles.json';

/** The page's own view of it. */
export interface AskedEarly extends EarlyModels {
  /** Calls back whenever something arrives from a server. */
  readonly hear: (onArrived: () => void) => void;
}

/** What of a manifest says where its files are kept. */
type Listing = Pick<Manifest, 'id' | 'version' | 'files'>;

interface ListedFile {
  /** Below the folder of all models. */
  readonly at: string;
  readonly bytes: number;
  /** In the cache. */
  readonly key: string;
}

/**
 * Reads and fetches the models while the worker's script loads: what the cache holds, and the files that it does not hold, as soon as they are
 * known: at once of a model that ships, since the engine takes no other manifest of it; of another one when the server has sent its manifest. What does not come is left to the worker, which
 * tries again, and says what is wrong.
 * @param signal ends what is still on its way, and lets go of what nobody has taken
 */
export function askEarly(
  { modelsUrl, model, integrity = {}, cache }: Pick<EngineOptions, 'modelsUrl' | 'model' | 'integrity' | 'cache'>,
  signal: AbortSignal,
): AskedEarly {
  const folder = modelsFolder(modelsUrl);
  const kept = new Map<string, Promise<ArrayBuffer | null>>();
  const fetched = new Map<string, Arrival>();
  /** Keys and addresses that the engine has asked for: it has them now, or reads and fetches them itself. */
  const given = new Set<string>();
  let heard = () => {};
  const onBytes = () => heard();
  const read = (key: string, maxBytes: number) => {
    const reading = kept.get(key) ?? (cache ? readKept(key, maxBytes) : Promise.resolve(null));
    kept.set(key, reading);
    return reading;
  };
  const readFiles = (files: readonly ListedFile[]) =>
    (signal.aborted ? [] : files).map((file) => ({ ...file, reading: read(file.key, file.bytes) }));
  const fetchFiles = (files: readonly ListedFile[]) => {
    for (const { at, bytes, reading } of readFiles(files)) {
      const url = folder.fileAt(at);
      if (!given.has(url) && !fetched.has(url)) fetched.set(url, arrival(url, { signal }, bytes, onBytes, reading));
    }
  };
  const shipped: ListedFile[] = [];
  for (const id of [DETECTOR_ID, MESH_ID, model]) {
    const reading = read(manifestKey(id, modelsUrl), MAX_MANIFEST_BYTES);
    const manifest = arrival(folder.fileAt(`${id}/manifest.json`), { cache: 'no-cache', signal }, MAX_MANIFEST_BYTES, onBytes);
    fetched.set(folder.fileAt(`${id}/manifest.json`), manifest);
    if (isShipped(id) && !Object.hasOwn(integrity, id)) {
      shipped.push(...filesOf(SHIPPED[id]));
      continue;
    }
    void reading.then((bytes) => readFiles(filesIn(id, bytes)));
    manifest.answer.then(
      (answer) => fetchFiles(filesIn(id, bytesOf(answer))),
      () => undefined,
    );
  }
  // Of the few connections that HTTP/1.1 has, the longest files need theirs first: the cache is asked for them in this order, and mostly answers so.
  fetchFiles(shipped.sort((a, b) => b.bytes - a.bytes));
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

function isShipped(id: string): id is keyof typeof SHIPPED {
  return Object.hasOwn(SHIPPED, id);
}

function filesOf(listing: Listing): ListedFile[] {
  return listing.files.map((file) => ({ at: `${listing.id}/${file.path}`, bytes: file.bytes, key: fileKey(listing, file) }));
}

/** The files that a manifest lists; none where it is no manifest of that model, which the engine will say. */
function filesIn(id: string, bytes: ArrayBuffer | null): ListedFile[] {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(bytes!)) as Manifest;
    return manifest.id === id && !faultOfFiles(manifest.files) ? filesOf(manifest) : [];
  } catch {
    return [];
  }
}
