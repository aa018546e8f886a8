import { ARCHITECTURES } from './architectures/architectures.js';
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
  const imported = await asImportError(() => reader.read(file, options));
  const { architecture } = options;
  const name = ARCHITECTURES.find(({ id }) => id === architecture)?.name;
  if (architecture === undefined || (name !== undefined && imported.architecture === name)) return imported;
  const note = `The file describes its network itself: the architecture ${architecture}, which was asked for, was not used.`;
  return { ...imported, notes: [...imported.notes, note] };
}
