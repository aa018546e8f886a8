import { asImportError } from './asImportError.js';
import { checkFile } from './checkFile.js';
import type { ImportedGraph } from './ImportedGraph.js';
import { importFailed } from './importFailed.js';
import type { ModelFile } from './ModelFile.js';
import type { ReadOptions } from './ReadOptions.js';
import { READERS } from './readers.js';

/**
 * Reads a file with the reader of its format.
 * @throws VisavisError `import-failed` that says what is wrong with the file; `aborted`
 */
export async function readModelFile(file: ModelFile, options: ReadOptions): Promise<ImportedGraph> {
  checkFile(file);
  const reader = READERS.find((each) => each.matches(file));
  if (!reader) {
    const known = READERS.map(({ name }) => name).join(', ');
    throw importFailed(`${file.name} is of no format that is known here (${known}).`);
  }
  return asImportError(() => reader.read(file, options));
}
