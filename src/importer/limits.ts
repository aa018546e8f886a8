/** Larger files are refused before they are read: four times the largest published face recognizer. */
export const MAX_FILE_BYTES = 1 << 30;
/** Values of one tensor: one larger than this is no layer of a face recognizer, but a false shape. */
export const MAX_TENSOR_VALUES = 1 << 27;
/** Product of the other axes of a tensor that has one of no size: nothing counts what going through them costs. */
export const MAX_EMPTY_PLACES = 1 << 12;
/** Values of all tensors of a file, and of all results for one picture, of which those of two networks are compared. */
export const MAX_MODEL_VALUES = 1 << 28;
export { MAX_AXES } from '../graph/inferShapes.js';
/** Values of all constants that are computed from a file's, once while it is read and once more later: shapes and slopes need few. */
export const MAX_FOLDED_VALUES = 1 << 26;
/** Multiply-adds for one picture, and for all constants that are computed: four times those of the largest published face recognizers. */
export const MAX_WORK = 1e11;
export const MAX_FOLDED_WORK = 1e9;
/** Nodes of a graph. */
export const MAX_NODES = 20_000;
/** Levels of whatever can be nested: models, groups, messages. */
export const MAX_DEPTH = 64;
export { MAX_INPUT_SIZE } from '../shared/maxInputSize.js';
