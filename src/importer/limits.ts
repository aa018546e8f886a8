/** Larger files are refused before they are read: four times the largest published face recognizer. */
export const MAX_FILE_BYTES = 1 << 30;
/** Values of one tensor: one larger than this is no layer of a face recognizer, but a false shape. */
export const MAX_TENSOR_VALUES = 1 << 27;
/** Values of all tensors of a file, and of all results for one picture. */
export const MAX_MODEL_VALUES = 1 << 28;
/** Nodes of a graph. */
export const MAX_NODES = 20_000;
/** Levels of whatever can be nested: models, groups, messages. */
export const MAX_DEPTH = 64;
/** Sides of the square input that are taken, in pixels. */
export const MAX_INPUT_SIZE = 1024;
