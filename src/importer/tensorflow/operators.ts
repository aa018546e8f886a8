import type { AttributeKind } from './attributeOf.js';

/** An operation that is read as it stands. */
export interface Operator {
  /** What it is called today, where that differs. */
  readonly as?: string;
  /** How many inputs it reads; Infinity for any number from 1 on. */
  readonly inputs: number;
  readonly attributes?: Readonly<Record<string, AttributeKind>>;
}

const WINDOW = { strides: 'integers', padding: 'text', data_format: 'text', explicit_paddings: 'integers' } as const;
const CONVOLUTION: Operator = { inputs: 2, attributes: { ...WINDOW, dilations: 'integers' } };
const POOLING: Operator = { inputs: 1, attributes: { ...WINDOW, ksize: 'integers' } };
const BATCH_NORM: Operator = {
  as: 'FusedBatchNormV3',
  inputs: 5,
  attributes: { epsilon: 'float', is_training: 'flag', data_format: 'text' },
};
const REDUCTION: Operator = { inputs: 2, attributes: { keep_dims: 'flag' } };
const ONE: Operator = { inputs: 1 };
const TWO: Operator = { inputs: 2 };

/** Every operation that is taken, by TensorFlow's name; a few are rewritten by `translateNode`. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries<Operator>({
    Conv2D: CONVOLUTION,
    DepthwiseConv2dNative: CONVOLUTION,
    MatMul: { inputs: 2, attributes: { transpose_a: 'flag', transpose_b: 'flag' } },
    BiasAdd: { inputs: 2, attributes: { data_format: 'text' } },
    FusedBatchNorm: BATCH_NORM,
    FusedBatchNormV2: BATCH_NORM,
    FusedBatchNormV3: BATCH_NORM,
    MaxPool: POOLING,
    AvgPool: POOLING,
    Mean: REDUCTION,
    Sum: REDUCTION,
    Max: REDUCTION,
    Concat: { inputs: Infinity },
    ConcatV2: { inputs: Infinity },
    Pad: TWO,
    Reshape: TWO,
    Squeeze: { inputs: 1, attributes: { squeeze_dims: 'integers' } },
    ExpandDims: TWO,
    Transpose: TWO,
    Add: { ...TWO, as: 'AddV2' },
    AddV2: TWO,
    Sub: TWO,
    SquaredDifference: TWO,
    Mul: TWO,
    RealDiv: TWO,
    Div: { ...TWO, as: 'RealDiv' },
    Maximum: TWO,
    Minimum: TWO,
    Pow: TWO,
    Relu: ONE,
    Relu6: ONE,
    LeakyRelu: { inputs: 1, attributes: { alpha: 'float' } },
    Elu: ONE,
    Sigmoid: ONE,
    Tanh: ONE,
    Softmax: ONE,
    Abs: ONE,
    Neg: ONE,
    Square: ONE,
    Sqrt: ONE,
    Rsqrt: ONE,
    Exp: ONE,
  }),
);
