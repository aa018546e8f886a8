import type { Call } from '../Call.js';
import type { Constant, Picture, Value, Vector } from '../Value.js';
import { withNode } from '../withNode.js';
import { oneNumber } from './oneNumber.js';
import { storedConstant } from './storedConstant.js';

export function relu(call: Call): Value {
  const value = computed(call);
  return withNode(value, call.builder.relu(call.name, value.node), true);
}

export function sigmoid(call: Call): Value {
  const value = computed(call);
  return withNode(value, call.builder.sigmoid(call.name, value.node), true);
}

export function leakyRelu(call: Call): Value {
  const value = computed(call);
  const slope = call.attributes.number('alpha') ?? 0.01;
  const channels = value.kind === 'picture' ? value.channels : value.size;
  const slopes = { shape: [channels], values: new Float32Array(channels).fill(slope) };
  return withNode(value, call.builder.prelu(call.name, value.node, slopes));
}

/** Slopes are one for all, one for each channel, or one for each value. */
export function prelu(call: Call): Value {
  const value = computed(call);
  const slope = slopesOf(call, call.constant(1, 'slope'), value);
  const stored = storedConstant(call, slope, value);
  const channels = value.kind === 'picture' ? value.channels : value.size;
  const all = stored.shape.length > 0 ? stored : { shape: [channels], values: new Float32Array(channels).fill(stored.values[0]!) };
  return withNode(value, call.builder.prelu(call.name, value.node, all));
}

/** Some writers leave out the axes behind the channels, which ONNX takes for columns. */
function slopesOf(call: Call, slope: Constant, value: Picture | Vector): Constant {
  if (value.kind === 'vector' || value.last || slope.shape.length !== 1 || slope.shape[0] === 1) return slope;
  if (slope.shape[0] !== value.channels || slope.shape[0] === value.width) return slope;
  call.network.notes.add(`The slopes ${slope.name} of ${call.name} were taken for those of its channels.`);
  return { ...slope, shape: [value.channels, 1, 1] };
}

/** ReLU and ReLU6 as Clip. Its limits are attributes before version 11 of the operators. */
export function clip(call: Call): Value {
  const value = call.input(0);
  const limit = (i: number, what: string) => {
    const constant = call.optionalConstant(i, what);
    return constant ? oneNumber(call, constant) : call.attributes.number(what);
  };
  const [min = -Infinity, max = Infinity] = [limit(1, 'min'), limit(2, 'max')];
  if (value.kind === 'norm' && min < 1e-3 && max > 1e3) return value;
  const on = computed(call);
  if (min === 0 && max === 6) return withNode(on, call.builder.relu6(call.name, on.node), true);
  if (min === 0 && max > 1e30) return withNode(on, call.builder.relu(call.name, on.node), true);
  if (min < -1e30 && max > 1e30) return on;
  throw call.refuse(`it cuts off below ${min} and above ${max}, and only ReLU (0, no limit) and ReLU6 (0, 6) are known here`);
}

/** min(max(αx + β, 0), 1), which is relu6(6αx + 6β) / 6. */
export function hardSigmoid(call: Call): Value {
  const { builder, name, attributes } = call;
  const value = computed(call);
  const [alpha, beta] = [attributes.number('alpha') ?? 0.2, attributes.number('beta') ?? 0.5];
  if (!(alpha > 0)) throw call.refuse(`its slope is ${alpha}`);
  const steep = builder.scale(`${name}/steep`, value.node, 6 * alpha);
  const moved = builder.sum(`${name}/moved`, steep, builder.constant(`${name}/middle`, { shape: [], values: Float32Array.of(6 * beta) }));
  return withNode(value, builder.scale(name, builder.relu6(`${name}/relu6`, moved), 1 / 6), true);
}

/** x · hardSigmoid(x), with a slope of 1/6. */
export function hardSwish(call: Call): Value {
  const value = computed(call);
  return withNode(value, call.builder.hardSwish(call.name, value.node));
}

/** Before the length of a vector is taken, as PyTorch's exporter writes it: that of its absolute values is its own. */
export function absolute(call: Call): Vector {
  const value = call.vector(0);
  const node = call.builder.add(call.name, 'Abs', [value.node], { T: { type: 'DT_FLOAT' } });
  return { ...withNode(value, node, true), absoluteOf: value.node };
}

/** The input, which is a picture or vector. */
function computed(call: Call): Picture | Vector {
  const value = call.input(0);
  return value.kind === 'picture' ? value : call.vector(0);
}
