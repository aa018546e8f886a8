import { type Instruction, instructionsOf } from './instructionsOf.js';
import type { PyCode, PyObject } from './readCode.js';

/** What a function computes: a sum of its inputs, each with a factor, or its only input at unit length along the last axis. */
export type Formula = { readonly kind: 'sum'; readonly factors: readonly number[] } | { readonly kind: 'unit' };

/** What stands on the stack while the instructions are followed. */
type Item =
  | { readonly kind: 'inputs' }
  | { readonly kind: 'sum'; readonly factors: readonly number[] }
  | { readonly kind: 'unit' }
  /** A name with its attributes, such as K.l2_normalize. */
  | { readonly kind: 'path'; readonly names: readonly string[] }
  | { readonly kind: 'value'; readonly value: PyObject };

/** Names that lead to Keras' and TensorFlow's normalization and to nothing else. */
const LEADING = ['K', 'keras', 'tf', 'tensorflow', 'backend', 'math', 'nn', 'linalg', 'ops', 'python'];

/**
 * What a function computes, found by following its instructions without running them: each is one of a few that are known, or there is no
 * formula. What is not proven here to be one of the two formulas is not guessed at.
 * @param inputs how many tensors its first parameter stands for: one, or a list of them
 * @param named values of the other parameters
 */
export function formulaOf(code: PyCode, inputs: number, named: ReadonlyMap<string, unknown>): Formula | undefined {
  const stack: Item[] = [];
  let keywords: PyObject = [];
  for (const { op, value } of instructionsOf(code) ?? []) {
    if (op === 'RETURN') {
      const [result] = stack;
      return stack.length === 1 && (result?.kind === 'sum' || result?.kind === 'unit') ? result : undefined;
    }
    if (op === 'NAMES') {
      keywords = code.constants[value] ?? null;
      continue;
    }
    const item = follow({ op, value }, stack, code, inputs, named, keywords);
    if (!item) return undefined;
    if (op.startsWith('CALL')) keywords = [];
    stack.push(item);
  }
  return undefined;
}

function follow(
  { op, value }: Instruction,
  stack: Item[],
  code: PyCode,
  inputs: number,
  named: ReadonlyMap<string, unknown>,
  keywords: PyObject,
): Item | undefined {
  const later = code.dialect === '3.11';
  switch (op) {
    case 'VARIABLE':
      return variable(code.variables[value], value, code, inputs, named);
    case 'CONSTANT':
      return value < code.constants.length ? { kind: 'value', value: code.constants[value]! } : undefined;
    case 'GLOBAL':
      return path([], code.names[later ? value >> 1 : value]);
    case 'FREE':
      return path([], code.free[value]);
    case 'ATTRIBUTE': {
      const owner = stack.pop();
      return owner?.kind === 'path' ? path(owner.names, code.names[value]) : undefined;
    }
    case 'SUBSCRIPT': {
      const [index, list] = [stack.pop(), stack.pop()];
      if (list?.kind !== 'inputs' || index?.kind !== 'value' || typeof index.value !== 'number') return undefined;
      // Python counts negative ones from the end.
      const at = index.value < 0 ? index.value + inputs : index.value;
      const factors = Array.from({ length: inputs }, (_, i) => (i === at ? 1 : 0));
      return at in factors ? { kind: 'sum', factors } : undefined;
    }
    case 'ADD':
    case 'MULTIPLY':
      return binary(op, stack.pop(), stack.pop());
    case 'BINARY':
      return value === 0 ? binary('ADD', stack.pop(), stack.pop()) : value === 5 ? binary('MULTIPLY', stack.pop(), stack.pop()) : undefined;
    case 'CALL':
      return call(stack, code.dialect === 'bytes' ? value & 255 : value, code.dialect === 'bytes' ? value >> 8 : 0, keywords);
    case 'CALL_NAMED': {
      const names = stack.pop();
      return names?.kind === 'value' ? call(stack, value, 0, names.value) : undefined;
    }
    default:
      return undefined;
  }
}

function variable(
  name: string | undefined,
  index: number,
  code: PyCode,
  inputs: number,
  named: ReadonlyMap<string, unknown>,
): Item | undefined {
  if (name === undefined || index >= code.parameters) return undefined;
  if (index === 0) return inputs === 1 ? { kind: 'sum', factors: [1] } : { kind: 'inputs' };
  const value = named.get(name);
  return typeof value === 'number' ? { kind: 'value', value } : undefined;
}

function path(owner: readonly string[], name: string | undefined): Item | undefined {
  return name === undefined ? undefined : { kind: 'path', names: [...owner, name] };
}

function binary(op: 'ADD' | 'MULTIPLY', right: Item | undefined, left: Item | undefined): Item | undefined {
  if (op === 'ADD') {
    if (left?.kind !== 'sum' || right?.kind !== 'sum') return undefined;
    return { kind: 'sum', factors: left.factors.map((factor, i) => factor + right.factors[i]!) };
  }
  const [sum, factor] = left?.kind === 'sum' ? [left, right] : [right, left];
  if (sum?.kind !== 'sum' || factor?.kind !== 'value' || typeof factor.value !== 'number') return undefined;
  const by = factor.value;
  return { kind: 'sum', factors: sum.factors.map((value) => value * by) };
}

/** Functions that bring their first argument to unit length, by the parameters that may follow it. */
const NORMALIZERS: Readonly<Record<string, readonly string[]>> = {
  l2_normalize: ['axis', 'epsilon', 'name', 'dim'],
  normalize: ['axis'],
};

/** @param pairs how many arguments with names stand on the stack, as Python up to 3.5 has them */
function call(stack: Item[], count: number, pairs: number, keywords: PyObject): Item | undefined {
  const named: (readonly [Item | undefined, Item | undefined])[] = [];
  for (let i = 0; i < pairs; i++) {
    const value = stack.pop();
    named.unshift([stack.pop(), value]);
  }
  const all = stack.splice(Math.max(0, stack.length - count));
  const owner = stack.pop();
  if (all.length !== count || owner?.kind !== 'path' || !Array.isArray(keywords)) return undefined;
  const positional = all.slice(0, count - keywords.length);
  const words: readonly PyObject[] = keywords as readonly PyObject[];
  const given = new Map<PyObject, Item | undefined>(words.map((word, i) => [word, all[positional.length + i]]));
  for (const [word, value] of named) given.set(word?.kind === 'value' ? word.value : null, value);
  return normalized(owner.names, positional, given);
}

function normalized(names: readonly string[], positional: readonly Item[], given: Map<PyObject, Item | undefined>): Item | undefined {
  const [first, ...more] = positional;
  if (names.join() === '__import__' && first?.kind === 'value' && typeof first.value === 'string' && given.size + more.length === 0) {
    return { kind: 'path', names: first.value.split('.') };
  }
  const name = names.at(-1)!;
  const parameters = Object.hasOwn(NORMALIZERS, name) ? NORMALIZERS[name]! : undefined;
  const leads = names.slice(0, -1).every((part) => LEADING.includes(part));
  if (!parameters || !leads || (name === 'normalize' && names.at(-2) !== 'ops')) return undefined;
  if (first?.kind !== 'sum' || first.factors.join() !== '1') return undefined;
  for (const [i, value] of more.entries()) given.set(parameters[i] ?? null, value);
  const axis = given.get('axis') ?? given.get('dim');
  for (const [word, value] of given)
    if (typeof word !== 'string' || !parameters.includes(word) || value?.kind !== 'value') return undefined;
  const epsilon = given.get('epsilon');
  if (epsilon?.kind === 'value' && !(typeof epsilon.value === 'number' && epsilon.value >= 0 && epsilon.value <= 1e-3)) return undefined;
  return axis?.kind === 'value' && (axis.value === 1 || axis.value === -1) ? { kind: 'unit' } : undefined;
}
