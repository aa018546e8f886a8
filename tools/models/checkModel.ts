import { createHash } from 'node:crypto';
import { parseManifest } from '../../src/engine/models/parseManifest.js';
import type { Manifest } from '../../src/shared/Manifest.js';
import { pinOf } from './knownModels.js';

/** A model whose every byte is right. */
export interface CheckedModel {
  readonly manifest: Manifest;
  /** The manifest's hash, as the option `integrity` takes it. */
  readonly integrity: string;
  /** Whether this version of visavis knows the hash. */
  readonly known: boolean;
  /** By name: the manifest, what it lists, and what tells people about the model. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** A folder name, and nothing else. */
const PLAIN_ID = /^[a-z0-9][\w.-]*$/i;
const FOR_PEOPLE = ['LICENSE', 'MODEL_CARD.md'];

/**
 * Reads a model and compares it with its pinned hash and its own manifest.
 * @param read gives a file's bytes, or null where there is no such file
 * @param where what to call the place it is read from
 * @param options `id`: which model it has to be; `integrity`: the hash that its manifest has to have, instead of the one built in; `pinned`:
 *   whether a model is refused of which no hash is known
 * @throws Error that names the file and what is wrong with it
 */
export async function checkModel(
  read: (name: string) => Promise<Buffer | null>,
  where: string,
  { id, integrity, pinned = false }: { id?: string; integrity?: string; pinned?: boolean } = {},
): Promise<CheckedModel> {
  const bytes = await read('manifest.json');
  if (bytes === null) throw new Error(`${where} holds no model: it has no manifest.json`);
  const manifest = parseManifest(bytes.toString('utf8'), `${where}/manifest.json`);
  if (!PLAIN_ID.test(manifest.id))
    throw new Error(`${where}/manifest.json has the id ${JSON.stringify(manifest.id)}, which is no folder name`);
  if (id !== undefined && manifest.id !== id) throw new Error(`${where} holds the model ${manifest.id}; expected ${id}`);
  const actual = `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
  const wanted = integrity ?? pinOf(manifest.id);
  if (wanted === undefined && pinned) {
    throw new Error(`No hash is known of the model ${manifest.id} in ${where}: if you trust it, pass --integrity ${actual}`);
  }
  if (wanted !== undefined && wanted !== actual) {
    throw new Error(`${where}/manifest.json is not the one that was pinned: expected ${wanted}, got ${actual}. Nothing of it was used.`);
  }
  const files = new Map([['manifest.json', bytes]]);
  for (const { path, bytes: length, sha256 } of manifest.files) {
    const data = await read(path);
    if (data === null) throw new Error(`${where} lacks ${path}, which its manifest lists`);
    const hash = createHash('sha256').update(data).digest('hex');
    if (data.length !== length || hash !== sha256) {
      throw new Error(`${where}/${path} was altered: expected ${length} bytes with SHA-256 ${sha256}, got ${data.length} with ${hash}`);
    }
    files.set(path, data);
  }
  for (const name of FOR_PEOPLE) {
    const data = await read(name);
    if (data !== null) files.set(name, data);
  }
  return { manifest, integrity: actual, known: actual === pinOf(manifest.id), files };
}
