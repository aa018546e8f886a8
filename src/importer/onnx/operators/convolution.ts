import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import type { Constant, Value } from '../Value.js';
import { convolutionFilter } from './convolutionFilter.js';
import { pictureWindow } from './pictureWindow.js';

/** A convolution of pictures. One whose groups are neither all channels nor one channel each is written with zeros between the groups. */
export function convolution(call: Call): Value {
  const { builder, name, network } = call;
  const picture = call.picture(0);
  if (picture.last) throw call.refuse('its input has the channels last, where ONNX has them first');
  const weights = call.constant(1, 'weights');
  const [outputs = 0, inputs = 0, kh = 0, kw = 0, ...more] = weights.shape;
  const groups = call.attributes.integer('group') ?? 1;
  if (weights.shape.length !== 4 || more.length > 0 || outputs < 1 || kh < 1 || kw < 1)
    throw call.refuse(`its weights ${weights.name} have the shape [${weights.shape.join(', ')}], and only pictures are convolved here`);
  if (groups < 1 || inputs * groups !== picture.channels || outputs % groups !== 0) {
    const taken = `${weights.name} takes ${inputs * groups} channels in ${groups} groups to ${outputs}`;
    throw call.refuse(`${taken}, and its input has ${picture.channels} channels`);
  }
  const window = pictureWindow(call, picture, [kh, kw]);
  const { places } = window;
  const filter = convolutionFilter(call, weights, groups);
  const bias = biasOf(call, outputs);
  const depthwise = groups > 1 && groups === picture.channels;
  const node = depthwise
    ? builder.depthwiseConv(name, picture.node, filter, window, bias)
    : builder.conv(name, picture.node, filter, window, bias);
  if (groups > 1 && !depthwise)
    network.notes.add(`${name} has ${groups} groups: it was written as a whole convolution, with zeros between them.`);
  sizeOfShape(name, [...places, outputs]);
  return { kind: 'picture', node, channels: outputs, height: places[0], width: places[1], last: false, positive: false };
}

function biasOf(call: Call, outputs: number) {
  const bias: Constant | undefined = call.optionalConstant(2, 'bias');
  if (bias && bias.values.length !== outputs)
    throw call.refuse(`its bias ${bias.name} has ${bias.values.length} values for ${outputs} channels`);
  return bias && call.weight(bias, bias.values, [outputs]);
}
