import type { Call } from '../Call.js';
import type { Value } from '../Value.js';
import { absolute, clip, hardSigmoid, hardSwish, leakyRelu, prelu, relu, sigmoid } from './activations.js';
import { add, divide, maximum, multiply, negate, power, subtract, sum } from './arithmetic.js';
import { batchNormalization } from './batchNormalization.js';
import { concatenation } from './concatenation.js';
import { convolution } from './convolution.js';
import { gemm, matMul } from './dense.js';
import { lpNormalization, powerOfNorm } from './normalization.js';
import { padding } from './padding.js';
import { expand, passing, shape } from './passing.js';
import { averagePool, globalAveragePool, globalMaxPool, maxPool } from './pooling.js';
import { reduceL2, reduceMean, reduceSum, reduceSumSquare } from './reductions.js';
import { reshapeValue } from './reshapeValue.js';
import { transpose } from './transpose.js';

/** Every operator that is read where its input is computed by the network, by ONNX's name. */
export const OPERATORS: ReadonlyMap<string, (call: Call) => Value> = new Map(
  Object.entries<(call: Call) => Value>({
    Conv: convolution,
    Gemm: gemm,
    MatMul: matMul,
    BatchNormalization: batchNormalization,

    Relu: relu,
    PRelu: prelu,
    LeakyRelu: leakyRelu,
    Sigmoid: sigmoid,
    Clip: clip,
    HardSigmoid: hardSigmoid,
    HardSwish: hardSwish,

    Add: add,
    Sum: sum,
    Sub: subtract,
    Mul: multiply,
    Div: divide,
    Pow: power,
    Neg: negate,
    Abs: absolute,
    Max: maximum,
    Concat: concatenation,

    MaxPool: maxPool,
    AveragePool: averagePool,
    GlobalMaxPool: globalMaxPool,
    GlobalAveragePool: globalAveragePool,
    ReduceMean: reduceMean,
    Pad: padding,

    ReduceL2: reduceL2,
    ReduceSumSquare: reduceSumSquare,
    ReduceSum: reduceSum,
    Sqrt: (call) => powerOfNorm(call, 1 / 2),
    Reciprocal: (call) => powerOfNorm(call, -1),
    LpNormalization: lpNormalization,

    Flatten: reshapeValue,
    Reshape: reshapeValue,
    Squeeze: reshapeValue,
    Unsqueeze: reshapeValue,
    Transpose: transpose,
    Shape: shape,
    Expand: expand,
    Identity: passing,
    Dropout: passing,
    Cast: passing,
  }),
);
