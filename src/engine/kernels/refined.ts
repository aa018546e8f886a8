import type { Filter } from './Step.js';

/** A filter with some of its fields changed. Its weights stay unread, as they do not where it is spread: those may be made only then. */
export function refined(filter: Filter, change: Partial<Filter>): Filter {
  return Object.defineProperties({} as Filter, {
    ...Object.getOwnPropertyDescriptors(filter),
    ...Object.getOwnPropertyDescriptors(change),
  });
}
