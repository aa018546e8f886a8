import { describe } from '../shared/describe.js';
import type { ModelFile } from './ModelFile.js';

/** A file to import: a `File` of a page, another `Blob`, or bytes with a name. */
export type ModelSource = ModelFile | Blob;

/** @throws TypeError for anything else */
export async function fileOf(source: ModelSource): Promise<ModelFile> {
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    const { name = 'model' } = source as Blob & { readonly name?: string };
    return { name, bytes: new Uint8Array(await source.arrayBuffer()) };
  }
  const { name, bytes } = (source ?? {}) as ModelFile;
  if (typeof name !== 'string' || !(bytes instanceof Uint8Array)) {
    throw new TypeError(`expected a Blob, or { name, bytes } with a Uint8Array, got ${describe(source)}`);
  }
  // Of Node's Buffers `slice` copies nothing: the readers get plain arrays.
  return { name: name.replace(/^.*[/\\]/, ''), bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}
