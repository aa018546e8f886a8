import type { Call } from '../Call.js';
import { shape } from '../operators/passing.js';
import type { Constant } from '../Value.js';
import { foldDivision, foldElementwise } from './foldElementwise.js';
import { foldGather, foldSlice } from './foldParts.js';
import { foldConcat, foldConstantOfShape, foldExpand, foldReshape, foldTranspose } from './foldShapes.js';
import { foldCast, foldConstant } from './foldSources.js';

/** The operators that are computed while a file is read, where all their inputs are known. */
export const FOLDS: ReadonlyMap<string, (call: Call) => Constant> = new Map(
  Object.entries({
    Constant: foldConstant,
    ConstantOfShape: foldConstantOfShape,
    Identity: (call: Call) => call.constant(0, 'data'),
    Cast: foldCast,
    Shape: shape,

    Reshape: foldReshape,
    Flatten: foldReshape,
    Squeeze: foldReshape,
    Unsqueeze: foldReshape,
    Transpose: foldTranspose,
    Expand: foldExpand,
    Concat: foldConcat,
    Gather: foldGather,
    Slice: foldSlice,

    Add: foldElementwise(2, (a, b) => a + b),
    Sub: foldElementwise(2, (a, b) => a - b),
    Mul: foldElementwise(2, (a, b) => a * b),
    Div: foldDivision,
    Neg: foldElementwise(1, (a) => -a),
    Sqrt: foldElementwise(1, Math.sqrt),
    Equal: foldElementwise(2, (a, b) => Number(a === b)),
    Where: foldElementwise(3, (condition, a, b) => (condition ? a : b)),
  }),
);
