/** Every operation that the engine's own kernels know, by TensorFlow's name: a network with any other runs on TensorFlow.js. */
export const KERNEL_OPERATIONS = [
  ...['Placeholder', 'Identity', 'Reshape', 'Pad', 'ConcatV2'],
  ...['Conv2D', '_FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2dNative', 'MatMul', '_FusedMatMul'],
  ...['MaxPool', 'AvgPool', 'Mean'],
  ...['BiasAdd', 'Add', 'AddV2', 'Mul', 'Relu', 'Relu6', 'Prelu', 'Sigmoid'],
] as const;

export type KernelOperation = (typeof KERNEL_OPERATIONS)[number];
