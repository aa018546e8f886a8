import { inferShapes } from '../graph/inferShapes.js';
import { throwIfAborted } from '../shared/abortable.js';
import { asImportError } from './asImportError.js';
import { assertReadOptions } from './assertReadOptions.js';
import { fileOf, type ModelSource } from './ModelSource.js';
import { networkFacts, type NetworkFacts } from './networkFacts.js';
import { foldConstants } from './passes/foldConstants.js';
import { checkWeights } from './passes/checkWeights.js';
import type { ReadOptions } from './ReadOptions.js';
import { readModelFile } from './readModelFile.js';

/** What a file holds. */
export interface ModelInspection extends NetworkFacts {
  /** Such as "Keras 2 HDF5 (weights only)". */
  readonly format: string;
  /** The network's name, where it is known. */
  readonly architecture: string | null;
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly output: { readonly name: string; readonly shape: readonly number[] };
  /** What was left out or guessed, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads a file of another framework and tells what is in it.
 * @throws VisavisError `import-failed` that says what is wrong with the file; `aborted`. TypeError or RangeError for options that are none
 */
export async function inspectModel(source: ModelSource, options: ReadOptions = {}): Promise<ModelInspection> {
  assertReadOptions(options, 'inspectModel', ['architecture', 'inputSize', 'signal']);
  throwIfAborted(options.signal);
  const { graph, input, output, format, architecture, notes } = await readModelFile(await fileOf(source), options);
  return asImportError(() => {
    const network = checkWeights(foldConstants({ graph, input, output }));
    const shapes = inferShapes(network.graph, [input, output]);
    const end = (name: string) => ({ name, shape: shapes.get(name) ?? [] });
    return {
      format,
      architecture: architecture ?? null,
      ...networkFacts(network.graph, [output]),
      input: end(input),
      output: end(output),
      notes,
    };
  });
}
