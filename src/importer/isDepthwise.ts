/** Whether an operation, by TensorFlow's name, is a depthwise convolution. */
export function isDepthwise(op: string): boolean {
  return op === 'DepthwiseConv2dNative' || op === 'FusedDepthwiseConv2dNative';
}
