import { corrupt } from './corrupt.js';
import { isObject } from './isObject.js';
import type { ModelJson, Quantization, RawNode, WeightGroup, WeightSpec } from './ModelJson.js';

/**
 * Checks that a document has the form of a graph model's `model.json`; it does not check what the nodes mean.
 * @param json text, or what it parses to
 * @throws VisavisError `model-corrupt` that names the node or weight
 */
export function parseModelJson(json: unknown): ModelJson {
  const document = typeof json === 'string' ? parsed(json) : json;
  if (!isObject(document)) throw corrupt('model.json holds no object');
  const { modelTopology, weightsManifest } = document;
  if (!isObject(modelTopology) || !Array.isArray(modelTopology.node)) throw corrupt('model.json has no list modelTopology.node');
  if (!Array.isArray(weightsManifest)) throw corrupt('model.json has no list weightsManifest');
  const { library, versions } = modelTopology;
  return {
    modelTopology: { node: modelTopology.node.map(parseNode), library, versions },
    weightsManifest: weightsManifest.map(parseGroup),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw corrupt('model.json is no JSON');
  }
}

function parseNode(node: unknown, i: number): RawNode {
  if (!isObject(node) || typeof node.name !== 'string' || typeof node.op !== 'string') throw corrupt(`node ${i} has no name or no op`);
  const { name, op, input = [], attr = {} } = node;
  if (!isTexts(input)) throw corrupt(`the inputs of ${op} "${name}" are no list of names`);
  if (!isObject(attr)) throw corrupt(`the attributes of ${op} "${name}" are no object`);
  return { name, op, input, attr };
}

function parseGroup(group: unknown, i: number): WeightGroup {
  if (!isObject(group) || !Array.isArray(group.weights)) throw corrupt(`group ${i} of weightsManifest has no list of weights`);
  return { weights: group.weights.map(parseSpec) };
}

function parseSpec(spec: unknown, i: number): WeightSpec {
  if (!isObject(spec) || typeof spec.name !== 'string') throw corrupt(`weight ${i} has no name`);
  const { name, shape, dtype, quantization } = spec;
  if (!isShape(shape)) throw corrupt(`the weight "${name}" has no shape`);
  if (typeof dtype !== 'string') throw corrupt(`the weight "${name}" has no dtype`);
  return { name, shape, dtype, quantization: parseQuantization(name, quantization) };
}

function parseQuantization(name: string, quantization: unknown): Quantization | undefined {
  if (quantization === undefined || quantization === null) return undefined;
  if (!isObject(quantization)) throw corrupt(`the quantization of the weight "${name}" is no object`);
  const { dtype, min, scale } = quantization;
  if (typeof dtype !== 'string' || !isNumber(min) || !isNumber(scale)) {
    throw corrupt(`the quantization of the weight "${name}" needs a dtype, and numbers as min and scale`);
  }
  return { dtype, min, scale };
}

function isNumber(value: unknown): value is number | undefined {
  return value === undefined || Number.isFinite(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
