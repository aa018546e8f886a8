import type { ImportedGraph } from './ImportedGraph.js';
import type { ModelFile } from './ModelFile.js';
import type { ReadOptions } from './ReadOptions.js';

/** Reads one kind of file. */
export interface FileReader {
  /** Of the format, for messages: "ONNX". */
  readonly name: string;
  /** Whether the file is of this kind, by its first bytes; by its ending only where bytes do not tell. Cheap, and never throws. */
  matches(file: ModelFile): boolean;
  /**
   * @throws VisavisError `import-failed` that names the layer, tensor, node or byte; whatever the bytes are, within a second, without
   *   executing anything, without reading anything but the file, and without memory that a false length in the file could demand
   */
  read(file: ModelFile, options: ReadOptions): Promise<ImportedGraph>;
}
