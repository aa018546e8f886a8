import { describe } from '../shared/describe.js';
import { checkSize } from './checkFile.js';
import { importFailed } from './importFailed.js';
import type { ModelFile } from './ModelFile.js';

/** A file to import: a `File` of a page, another `Blob`, or bytes with a name. */
export type ModelSource = ModelFile | Blob;

/** @throws TypeError for anything else; VisavisError `import-failed` where a Blob is too large, or cannot be read */
export async function fileOf(source: ModelSource): Promise<ModelFile> {
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    const { name = 'model' } = source as Blob & { readonly name?: string };
    // Before memory is taken for it.
    checkSize(name, source.size);
    const bytes = await source.arrayBuffer().catch((cause: unknown) => {
      throw importFailed(`${name}: the file cannot be read, perhaps because it was changed since it was chosen. Choose it again.`, cause);
    });
    return { name, bytes: new Uint8Array(bytes) };
  }
  const { name, bytes } = (source ?? {}) as ModelFile;
  if (typeof name !== 'string' || !(bytes instanceof Uint8Array)) {
    throw new TypeError(`expected a Blob, or { name, bytes } with a Uint8Array, got ${describe(source)}`);
  }
  // Of Node's Buffers `slice` copies nothing: the readers get plain arrays.
  return { name: name.replace(/^.*[/\\]/, ''), bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}
