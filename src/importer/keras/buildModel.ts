import { GraphBuilder } from '../GraphBuilder.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import { MAX_NODES } from '../limits.js';
import type { ReadOptions } from '../ReadOptions.js';
import { inputSizeOf } from './inputSizeOf.js';
import type { KerasLayer, KerasModel, KerasTensor } from './KerasModel.js';
import type { Value } from './LayerKind.js';
import { kindOf } from './layers.js';
import type { LayerWeights } from './LayerWeights.js';
import { orderCalls } from './orderCalls.js';
import { embeddingOf } from './embeddingOf.js';
import { rolesOf } from './weightedLayers.js';

/** Calls of layers and models, with what they are given and give: a model that calls another twice, which does the same, makes very many. */
const MAX_PARTS = 4 * MAX_NODES;
/** Letters of what stands before a layer's name: of every node in a nested model. */
const MAX_PREFIX = 1024;

/** Writes a model's layers down as a graph, as far as the embedding needs them. */
export function buildModel(
  model: KerasModel,
  weights: LayerWeights,
  { inputSize }: ReadOptions,
): Pick<ImportedGraph, 'graph' | 'input' | 'output' | 'notes'> {
  const [tensor, ...more] = model.inputs;
  const layer = model.layers.get(tensor?.layer ?? '');
  if (!layer || more.length > 0) throw importFailed(`The model ${model.name} has ${model.inputs.length} inputs, wanted one: a picture.`);
  const builder = new GraphBuilder();
  const size = inputSizeOf(layer, inputSize);
  const input = builder.placeholder(layer.name, size);
  const { output, notes } = embeddingOf(model);
  const value = new ModelWriter(builder, weights).write(model, [{ node: input, shape: [size, size, 3] }], [output], '')[0]!;
  const flat = value.shape.filter((n) => n !== 1).length <= 1 && value.shape.length > 1;
  if (value.shape.length !== 1 && !flat)
    throw importFailed(`The output ${output.layer} is not an embedding vector: its shape is [${value.shape.join(', ')}].`);
  const length = value.shape.reduce((product, n) => product * n, 1);
  const node = flat ? builder.reshape(`${output.layer}/flat`, value.node, [1, length]) : value.node;
  return { graph: builder.graph, input, output: node, notes };
}

class ModelWriter {
  readonly #builder: GraphBuilder;
  readonly #weights: LayerWeights;
  #parts = 0;

  constructor(builder: GraphBuilder, weights: LayerWeights) {
    this.#builder = builder;
    this.#weights = weights;
  }

  /** @param prefix names of the models around this one, each with a slash */
  write(model: KerasModel, inputs: readonly Value[], outputs: readonly KerasTensor[], prefix: string): Value[] {
    if (prefix.length > MAX_PREFIX)
      throw importFailed(
        `The models ${prefix.slice(0, 80)}… are nested, and their names have more than ${MAX_PREFIX} letters together: give them shorter ones.`,
      );
    const results = new Map<string, Value>();
    for (const [i, { layer }] of model.inputs.entries()) {
      const input = inputs[i];
      if (!input) throw importFailed(`The model ${model.name} is called with ${inputs.length} inputs, wanted ${model.inputs.length}.`);
      results.set(keyOf({ layer, call: 0, output: 0 }), input);
    }
    const valueOf = (tensor: KerasTensor) => {
      const value = results.get(keyOf(tensor));
      if (!value) throw importFailed(`The layer ${tensor.layer} has no result ${tensor.output} of its call ${tensor.call}.`);
      return value;
    };
    for (const { layer, call } of orderCalls(model, outputs)) {
      const { inputs: given, training } = layer.calls[call]!;
      const values = this.#call(layer, given.map(valueOf), training, `${prefix}${layer.name}`);
      for (const [output, value] of values.entries()) results.set(keyOf({ layer: layer.name, call, output }), value);
    }
    return outputs.map(valueOf);
  }

  #call(layer: KerasLayer, inputs: readonly Value[], training: boolean, name: string): Value[] {
    const { className, config, model } = layer;
    this.#parts += 1 + inputs.length + (model?.outputs.length ?? 0);
    if (this.#parts > MAX_PARTS)
      throw importFailed(`The model ${name} calls more layers than any face recognizer has. The file is damaged or made to harm.`);
    if (training)
      throw importFailed(
        `The layer ${name} (${className}) is called with training=True, and networks are imported as they are outside of training. Build the model without it and save it again.`,
      );
    if (model) return this.write(model, inputs, model.outputs, `${name}/`);
    const kind = kindOf(className);
    if (!kind) throw importFailed(`The layer ${name} (${className}) is not supported.`);
    const wanted = rolesOf(layer);
    const weights = this.#weights.get(layer) ?? [];
    if (weights.length < wanted.length || (wanted.length > 0 && weights.length > wanted.length)) {
      const found = weights.length === 0 ? 'are missing' : `are ${weights.length} tensors, wanted ${wanted.length} (${wanted.join(', ')})`;
      throw importFailed(`The weights of the layer ${name} (${className}) ${found}.`);
    }
    return [kind.build({ builder: this.#builder, name, className, config, inputs, weights })];
  }
}

function keyOf({ layer, call, output }: KerasTensor): string {
  return `${call}/${output}/${layer}`;
}
