import { importFailed } from './importFailed.js';
import { MAX_FOLDED_VALUES } from './limits.js';

/** Asks for memory for so many more values. @throws VisavisError `import-failed` that names the node where a file asks for too much of it */
export type Reserve = (name: string, count: number) => void;

/** Counts the values that are made of a file's constants. */
export function reserving(): Reserve {
  let all = 0;
  return (name, count) => {
    all += count;
    if (all > MAX_FOLDED_VALUES)
      throw importFailed(`The constants that are computed up to the node ${name} are too large. The file is damaged or made to harm.`);
  };
}
