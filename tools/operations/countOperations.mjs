/** @typedef {number[]} Shape [batch, height, width, channels], or [batch, values] */
/** @typedef {{ name: string, op: string, input?: string[], attr?: Record<string, any> }} Node */
/**
 * @typedef {{ name: string, kind: string, output: Shape, parameters: number, products: number }} Layer
 *   `kind`: what is done, in words; `products`: multiplications, each followed by an addition, for one picture. A window that hangs over the
 *   edge counts whole, as is usual.
 */

/** Operations that change no shape. */
const SHAPELESS = new Set(['Identity', 'Relu', 'Relu6', 'Prelu', 'Sigmoid', 'BiasAdd', 'Softmax']);

/**
 * What a TensorFlow.js graph model computes for one picture: its layers in the order of the graph. Throws an Error that names an operation
 * it does not know.
 * @param {{ modelTopology: { node: Node[] }, weightsManifest: { weights: { name: string, shape: Shape, dtype: string }[] }[] }} model `model.json`
 * @param {ReadonlyMap<string, ArrayLike<number>>} [values] of constants that say how something is done, such as the padding of a Pad
 * @returns {Layer[]}
 */
export function countOperations({ modelTopology, weightsManifest }, values = new Map()) {
  const constants = weightsManifest.flatMap(({ weights }) => weights);
  const learned = new Map(constants.map(({ name, shape, dtype }) => [name, dtype === 'float32' ? size(shape) : 0]));
  const shapes = new Map(constants.map(({ name, shape }) => [name, shape]));
  /** @type {Layer[]} */
  const layers = [];
  for (const node of modelTopology.node) {
    if (node.op === 'Const') continue;
    const inputs = (node.input ?? []).map((name) => name.replace(/:\d+$/, ''));
    const fed = inputs.map((name) => {
      const shape = shapes.get(name);
      if (!shape) throw new Error(`${node.name} is fed by ${name}, which does not come before it`);
      return shape;
    });
    const value = (/** @type {number} */ i) => {
      const found = values.get(inputs[i]);
      if (!found) throw new Error(`the shape of ${node.name} depends on the constant ${inputs[i]}, whose values are not given`);
      return Array.from(found);
    };
    const { kind, output, products = 0 } = describe(node, fed, value);
    shapes.set(node.name, output);
    if (kind === null) continue;
    const parameters = inputs.reduce((sum, input) => sum + (learned.get(input) ?? 0), 0);
    layers.push({ name: node.name, kind, output, parameters, products });
  }
  return layers;
}

/**
 * @param {Node} node
 * @param {Shape[]} fed shapes of its inputs
 * @param {(i: number) => number[]} value of its i-th input, a constant
 * @returns {{ kind: string | null, output: Shape, products?: number }} `kind`: null for what computes nothing
 */
function describe({ name, op, attr = {} }, fed, value) {
  const [x, w] = fed;
  switch (op) {
    case 'Placeholder':
      return { kind: null, output: attr.shape.shape.dim.map((/** @type {{ size: string }} */ dim) => Math.max(1, Number(dim.size))) };
    case 'Conv2D':
    case '_FusedConv2D': {
      const output = slide(x, [w[0], w[1]], attr, w[3]);
      return { kind: `${w[0]}×${w[1]} convolution`, output, products: size(output) * w[0] * w[1] * w[2] };
    }
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative': {
      const output = slide(x, [w[0], w[1]], attr, w[2] * w[3]);
      return { kind: `${w[0]}×${w[1]} depthwise convolution`, output, products: size(output) * w[0] * w[1] };
    }
    case 'MatMul':
    case '_FusedMatMul':
      return { kind: 'matrix product', output: [x[0], w[1]], products: size(x) * w[1] };
    case 'MaxPool':
    case 'AvgPool': {
      const [, high, wide] = integers(attr.ksize);
      return { kind: 'pooling', output: slide(x, [high, wide], attr, x[3]) };
    }
    case 'Mean': {
      const axes = value(1);
      const keep = Boolean(attr.keep_dims?.b);
      return { kind: 'mean', output: x.flatMap((n, i) => (!axes.includes(i) ? [n] : keep ? [1] : [])) };
    }
    case 'ConcatV2': {
      const axis = value(fed.length - 1)[0];
      const at = axis < 0 ? axis + x.length : axis;
      return { kind: 'concatenation', output: x.map((n, i) => (i === at ? fed.slice(0, -1).reduce((sum, part) => sum + part[at], 0) : n)) };
    }
    case 'Pad': {
      const padding = value(1);
      return { kind: null, output: x.map((n, i) => n + padding[2 * i] + padding[2 * i + 1]) };
    }
    case 'Reshape': {
      const wanted = value(1);
      const rest = size(x) / wanted.reduce((product, n) => (n < 0 ? product : product * n), 1);
      return { kind: null, output: wanted.map((n) => (n < 0 ? rest : n)) };
    }
    case 'Add':
    case 'AddV2':
    case 'Mul':
      return { kind: 'sum or product of values', output: size(x) >= size(w) ? x : w };
    default:
      if (!SHAPELESS.has(op)) throw new Error(`${op} (${name}) is not known here`);
      return { kind: op === 'Identity' ? null : 'activation', output: x };
  }
}

/** @param {Shape} input @param {[height: number, width: number]} window @param {any} attr @param {number} channels @returns {Shape} */
function slide([batch, height, width], window, { strides, padding, dilations }, channels) {
  const steps = integers(strides).slice(1, 3);
  if (dilations && integers(dilations).some((n) => n !== 1)) throw new Error('dilated windows are not known here');
  const same = Buffer.from(padding.s, 'base64').toString('latin1') === 'SAME';
  const [high, wide] = [height, width].map((n, i) => (same ? Math.ceil(n / steps[i]) : Math.floor((n - window[i]) / steps[i]) + 1));
  return [batch, high, wide, channels];
}

/** @param {any} attribute */
function integers(attribute) {
  return /** @type {number[]} */ (attribute.list.i.map(Number));
}

/** @param {Shape} shape */
function size(shape) {
  return shape.reduce((product, n) => product * n, 1);
}
