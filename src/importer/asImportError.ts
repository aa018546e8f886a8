import { VisavisError } from '../shared/VisavisError.js';
import { importFailed } from './importFailed.js';

const GRAPH = /^The graph model cannot be read: /;

/** What `work` gives; what it throws about a graph is about the imported file. */
export async function asImportError<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VisavisError && error.code === 'model-corrupt') {
      throw importFailed(`The network contradicts itself: ${error.message.replace(GRAPH, '')}`, error);
    }
    // Of operations that are not known, and of shapes that only running would tell.
    if (error instanceof Error && error.constructor === Error) throw importFailed(`The network cannot be taken: ${error.message}.`, error);
    if (error instanceof RangeError)
      throw importFailed(`The network is too large, or too deeply nested, to be taken: ${error.message}.`, error);
    throw error;
  }
}
