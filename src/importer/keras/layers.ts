import { conv2d, dense, depthwiseConv2d, separableConv2d } from './convolutions.js';
import { add, concatenate, flatten, leftOut, reshape, unitNormalization } from './joining.js';
import { customScale, lambda } from './lambda.js';
import type { LayerKind } from './LayerKind.js';
import { activation, batchNormalization, leakyRelu, prelu, relu, rescaling } from './pointwise.js';
import { averagePooling2d, globalAveragePooling2d, maxPooling2d, zeroPadding2d } from './windows.js';

/** Every class of layer that is read, by Keras' name. */
const LAYERS: Readonly<Record<string, LayerKind>> = {
  Activation: activation,
  ActivityRegularization: leftOut,
  Add: add,
  AlphaDropout: leftOut,
  AveragePooling2D: averagePooling2d,
  BatchNormalization: batchNormalization,
  // Of Keras 2 with TensorFlow 1.
  BatchNormalizationV1: batchNormalization,
  BatchNormalizationV2: batchNormalization,
  Concatenate: concatenate,
  Conv2D: conv2d,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Dropout: leftOut,
  Flatten: flatten,
  GaussianDropout: leftOut,
  GaussianNoise: leftOut,
  GlobalAveragePooling2D: globalAveragePooling2d,
  Lambda: lambda,
  LeakyReLU: leakyRelu,
  MaxPooling2D: maxPooling2d,
  PReLU: prelu,
  ReLU: relu,
  Rescaling: rescaling,
  Reshape: reshape,
  SeparableConv2D: separableConv2d,
  SpatialDropout2D: leftOut,
  UnitNormalization: unitNormalization,
  ZeroPadding2D: zeroPadding2d,
  'keras.applications.inception_resnet_v2.CustomScaleLayer': customScale,
  'keras.src.applications.inception_resnet_v2.CustomScaleLayer': customScale,
};

/** @returns undefined for classes that are not read */
export function kindOf(className: string): LayerKind | undefined {
  return Object.hasOwn(LAYERS, className) ? LAYERS[className] : undefined;
}
