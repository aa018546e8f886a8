import { importFailed } from '../importFailed.js';
import { MAX_DEPTH, MAX_NODES } from '../limits.js';
import { isList, isObject, type Json, type JsonObject, property } from './Json.js';
import type { KerasCall, KerasLayer, KerasModel, KerasTensor } from './KerasModel.js';

/** Letters of a layer's name. */
const MAX_NAME = 1024;
/** `Model` is what Keras before 2.4 called Functional. */
const FUNCTIONAL = ['Functional', 'Model'];

/**
 * A model's configuration, as Keras 2 (`model_config`) and Keras 3 (`config.json`) write it.
 * @throws VisavisError `import-failed` that names the layer whose description is broken
 */
export function parseModel(value: Json, depth = 0): KerasModel {
  const className = property(value, 'class_name');
  const config = property(value, 'config');
  if (depth > MAX_DEPTH) throw importFailed(`Models are nested deeper than ${MAX_DEPTH} levels.`);
  if (className === 'Sequential') return parseSequential(config, depth);
  if (typeof className === 'string' && FUNCTIONAL.includes(className) && isObject(config)) return parseFunctional(config, depth);
  throw importFailed(
    `The model is of class ${typeof className === 'string' ? className : 'unknown'}, which holds Python code: only Functional and Sequential models are read.`,
  );
}

function parseFunctional(config: JsonObject, depth: number): KerasModel {
  const name = nameOf(config, 'model');
  const layers = new Map<string, KerasLayer>();
  for (const layer of layersOf(config, name)) {
    const parsed = parseLayer(layer, depth);
    if (layers.has(parsed.name)) throw importFailed(`The model ${name} has two layers of the name ${parsed.name}.`);
    layers.set(parsed.name, parsed);
  }
  const model = { name, layers, inputs: tensorsOf(config['input_layers'], name), outputs: tensorsOf(config['output_layers'], name) };
  return countCallsFromZero(model);
}

/**
 * Keras 2 counts the calls of a nested model from 1: its 0 is how the model itself was made, which is not written. Keras 3 counts from 0, so
 * it shows by the largest number.
 */
function countCallsFromZero(model: KerasModel): KerasModel {
  const largest = new Map<string, number>();
  const used = [...model.layers.values()].flatMap(({ calls }) => calls.flatMap(({ inputs }) => inputs)).concat(model.outputs);
  for (const { layer, call } of used) largest.set(layer, Math.max(call, largest.get(layer) ?? 0));
  const shift = (tensor: KerasTensor): KerasTensor => {
    const layer = model.layers.get(tensor.layer);
    const late = layer?.model !== undefined && layer.calls.length > 0 && largest.get(tensor.layer) === layer.calls.length;
    return late ? { ...tensor, call: tensor.call - 1 } : tensor;
  };
  const shifted = [...model.layers].map(([name, layer]): [string, KerasLayer] => {
    const calls = layer.calls.map(({ inputs, training }) => ({ inputs: inputs.map(shift), training }));
    return [name, { ...layer, calls }];
  });
  return { ...model, layers: new Map(shifted), outputs: model.outputs.map(shift) };
}

/** Layers one after another; the first may be an input layer, or say the input's shape itself. */
function parseSequential(config: Json | undefined, depth: number): KerasModel {
  // Keras before 2.2.3 has no more than the list.
  const name = isObject(config) ? nameOf(config, 'sequential') : 'sequential';
  const described = layersOf(isList(config) ? { layers: config } : config, name).map((layer) => parseLayer(layer, depth));
  const shape = property(config, 'build_input_shape') ?? property(described[0]?.config, 'batch_input_shape') ?? null;
  if (described[0]?.className !== 'InputLayer') {
    described.unshift({ className: 'InputLayer', name: `${name}_input`, config: { batch_input_shape: shape }, calls: [] });
  }
  const layers = new Map<string, KerasLayer>();
  let previous: KerasTensor | undefined;
  for (const layer of described) {
    if (layers.has(layer.name)) throw importFailed(`The model ${name} has two layers of the name ${layer.name}.`);
    layers.set(layer.name, { ...layer, calls: previous ? [{ inputs: [previous], training: false }] : [] });
    previous = { layer: layer.name, call: 0, output: 0 };
  }
  const first = described[0]!.name;
  return { name, layers, inputs: [{ layer: first, call: 0, output: 0 }], outputs: previous ? [previous] : [] };
}

function layersOf(config: Json | undefined, name: string): readonly Json[] {
  const layers = property(config, 'layers');
  if (!isList(layers) || layers.length === 0) throw importFailed(`The model ${name} has no layers.`);
  if (layers.length > MAX_NODES) throw importFailed(`The model ${name} has more than ${MAX_NODES} layers.`);
  return layers;
}

function parseLayer(value: Json, depth: number): KerasLayer {
  const className = property(value, 'class_name');
  const config = property(value, 'config');
  const own = property(value, 'name') ?? property(config, 'name');
  const name = typeof own === 'string' ? own : undefined;
  if (name !== undefined && name.length > MAX_NAME)
    throw importFailed(`The layer ${name.slice(0, 80)}… has a name of ${name.length} characters: at most ${MAX_NAME} are taken.`);
  if (typeof className !== 'string') throw importFailed(`The layer ${name ?? 'without a name'} does not say of which class it is.`);
  if (className === 'Sequential' || FUNCTIONAL.includes(className)) {
    const model = parseModel(value, depth + 1);
    return { className, name: name ?? model.name, config: {}, calls: callsOf(value, name ?? model.name), model };
  }
  if (name === undefined || !isObject(config))
    throw importFailed(`A layer of class ${className} is described without a name or configuration.`);
  const module = property(value, 'module');
  // Operations of Keras 3 have classes too, some with the names of layers.
  const foreign = typeof module === 'string' && module !== 'keras.layers';
  return { className: foreign ? `${module}.${className}` : className, name, config, calls: callsOf(value, name) };
}

function nameOf(config: JsonObject, otherwise: string): string {
  const name = property(config, 'name');
  return typeof name === 'string' ? name : otherwise;
}

function callsOf(layer: Json, name: string): KerasCall[] {
  const calls = property(layer, 'inbound_nodes');
  if (!isList(calls)) return [];
  return calls.map((call) => (isObject(call) ? callOfKeras3(call, name) : callOfKeras2(call, name)));
}

/** `[["layer", call, output, {keywords}], …]`, or one such list alone. */
function callOfKeras2(call: Json, name: string): KerasCall {
  const tensors = isList(call) && typeof call[0] === 'string' ? [call] : call;
  const keywords = isList(tensors) && isList(tensors[0]) ? tensors[0][3] : undefined;
  return { inputs: tensorsOf(tensors, name), training: isTraining(keywords) };
}

function callOfKeras3(call: JsonObject, name: string): KerasCall {
  const args = property(call, 'args');
  return { inputs: tensorsOf(args, name), training: isTraining(property(call, 'kwargs')) };
}

function isTraining(keywords: Json | undefined): boolean {
  const training = property(keywords, 'training');
  return training === true || training === 1;
}

/**
 * Every tensor that a description of inputs or outputs names. Keras 2 writes ["layer", call, output] in lists of lists, Keras 3 objects
 * with a `keras_history`, also in lists.
 */
function tensorsOf(value: Json | undefined, name: string): KerasTensor[] {
  const found: KerasTensor[] = [];
  const waiting: (Json | undefined)[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    const history = property(property(next, 'config'), 'keras_history');
    if (isList(next) && typeof next[0] === 'string') found.push(tensorOf(next, name));
    else if (isList(next)) for (let i = next.length - 1; i >= 0; i--) waiting.push(next[i]);
    else if (history !== undefined) waiting.push(history);
    else if (isObject(next)) waiting.push(...Object.values(next).reverse());
    if (found.length + waiting.length > MAX_NODES) throw importFailed(`The layer ${name} has more than ${MAX_NODES} inputs.`);
  }
  return found;
}

/** @param value ["layer", call, output], of which the later ones may be left out */
export function tensorOf(value: readonly Json[], name: string): KerasTensor {
  const [layer, call, output] = value;
  const isCount = (n: Json | undefined): n is number => typeof n === 'number' && Number.isInteger(n) && n >= 0;
  if (typeof layer === 'string' && isCount(call) && isCount(output)) return { layer, call, output };
  throw importFailed(`The layer ${name} has an input that is broken or no tensor: ${JSON.stringify(value).slice(0, 80)}.`);
}
