import { importFailed } from '../importFailed.js';
import { isList, isObject, type Json, property } from './Json.js';
import type { LayerCall, LayerKind, Value } from './LayerKind.js';
import { type Formula, formulaOf } from './python/formulaOf.js';
import { readCode } from './python/readCode.js';

/**
 * A function of the user's own. Files hold it as compiled Python, which is looked at and never run: a sum of the inputs with factors
 * (Inception-ResNet's residuals), and unit length, are known; everything else is refused.
 */
export const lambda: LayerKind = {
  build(call) {
    const formula = known(call);
    if (!formula) {
      throw importFailed(
        `The layer ${call.name} (Lambda) holds Python code that cannot be read: only x · scale, x + scale · y and l2_normalize are known. ` +
          `Replace the layer by one of Keras' own (Rescaling, UnitNormalization) and save the model again.`,
      );
    }
    if (formula.kind === 'unit') return unit(call);
    return weighted(call, formula.factors);
  },
};

/** keras.applications.InceptionResNetV2's own residuals: inputs[0] + inputs[1] · scale. */
export const customScale: LayerKind = {
  build(call) {
    const { scale } = call.config;
    if (typeof scale !== 'number' || call.inputs.length !== 2) {
      throw importFailed(
        `The layer ${call.name} (CustomScaleLayer) has ${call.inputs.length} inputs and the scale ${JSON.stringify(scale)}.`,
      );
    }
    return weighted(call, [1, scale]);
  },
};

function known({ config, inputs }: LayerCall): Formula | undefined {
  const named = new Map<string, unknown>(Object.entries(argumentsOf(config['arguments'])));
  const function_ = config['function'];
  // Keras before 2.1 wrote functions that have a name as that name alone.
  if (function_ === 'scaling') {
    const scale = named.get('scale');
    return inputs.length === 1 && typeof scale === 'number' ? { kind: 'sum', factors: [scale] } : undefined;
  }
  const inner = property(function_, 'config');
  const [text, defaults] = isList(function_) ? function_ : [property(inner, 'code'), property(inner, 'defaults')];
  const bytes = typeof text === 'string' ? decoded(text) : undefined;
  const code = bytes && readCode(bytes);
  if (!code) return undefined;
  // Defaults belong to the last parameters.
  const values = isList(defaults) ? defaults : [];
  const later = code.variables.slice(0, code.parameters).slice(-values.length || code.parameters);
  for (const [i, value] of values.entries()) if (later[i] !== undefined && !named.has(later[i])) named.set(later[i], value);
  return formulaOf(code, inputs.length, named);
}

function argumentsOf(value: Json | undefined) {
  return isObject(value) ? value : {};
}

function decoded(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function unit({ builder, name, inputs: [input] }: LayerCall): Value {
  if (input?.shape.length !== 1) throw importFailed(`The layer ${name} (Lambda) normalizes [${input?.shape.join(', ')}], wanted [values].`);
  return { node: builder.l2Normalize(name, input.node), shape: input.shape };
}

function weighted({ builder, name, inputs }: LayerCall, factors: readonly number[]): Value {
  const used = inputs.map((input, i) => ({ ...input, factor: factors[i]! })).filter(({ factor }) => factor !== 0);
  const [first, ...rest] = used;
  if (!first) throw importFailed(`The layer ${name} (Lambda) gives nothing but zeros.`);
  const other = rest.find(({ shape }) => shape.join() !== first.shape.join());
  if (other) throw importFailed(`The layer ${name} (Lambda) adds [${other.shape.join(', ')}] to [${first.shape.join(', ')}].`);
  const scaled = used.map(({ node, factor }, i) => {
    if (factor === 1) return node;
    return builder.scale(rest.length > 0 ? `${name}/scaled${i}` : name, node, factor);
  });
  const node = scaled.slice(1).reduce((sum, next, i) => builder.sum(i < scaled.length - 2 ? `${name}/${i}` : name, sum, next), scaled[0]!);
  return { node, shape: first.shape };
}
