import { describe } from './describe.js';
import type { ManifestFile } from './Manifest.js';

const SHA256 = /^[0-9a-f]{64}$/;
/** A plain file name: a manifest cannot send the loader anywhere but its own folder. */
const FILE_NAME = /^[\w-]+(\.[\w-]+)+$/;
/** The largest graph that we ship has 70 kB; it is read as a whole, and parsed. */
const MAX_GRAPH_BYTES = 32_000_000;
/** All files of a model together: more than any network of faces that a page could run. */
const MAX_MODEL_BYTES = 1_000_000_000;
/** A converter splits weights into shards of 4 MB: more than that makes a gigabyte. */
const MAX_FILES = 300;

/** What is wrong with the files that a manifest lists, in words; '' if nothing is. */
export function faultOfFiles(files: unknown): string {
  if (!Array.isArray(files) || files.length < 2) return 'files does not list model.json and its weights';
  // An object may be one that no text can be made of.
  const is = (value: unknown, shape: RegExp) => typeof value === 'string' && shape.test(value);
  for (const file of files as Partial<ManifestFile>[]) {
    if (!is(file?.path, FILE_NAME)) return `files names ${describe(file?.path)}`;
    if (!(Number.isInteger(file.bytes) && file.bytes! > 0)) return `${file.path} has ${describe(file.bytes)} bytes`;
    if (!is(file.sha256, SHA256)) return `${file.path} has no SHA-256`;
  }
  const [graph] = files as ManifestFile[];
  if (files.length > MAX_FILES) return `files lists ${files.length} files, more than ${MAX_FILES}`;
  if (graph!.bytes > MAX_GRAPH_BYTES) return `model.json has ${graph!.bytes} bytes, more than ${MAX_GRAPH_BYTES}`;
  const total = (files as ManifestFile[]).reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MAX_MODEL_BYTES) return `its files have ${total} bytes, more than ${MAX_MODEL_BYTES}`;
  return graph!.path === 'model.json' ? '' : 'the first file is not model.json';
}
