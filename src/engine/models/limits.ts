/** The largest graph that we ship has 70 kB; it is read as a whole, and parsed. */
export const MAX_GRAPH_BYTES = 32_000_000;
/** All files of a model together: more than any network of faces that a page could run. */
export const MAX_MODEL_BYTES = 1_000_000_000;
/** A converter splits weights into shards of 4 MB: more than that makes a gigabyte. */
export const MAX_FILES = 300;
