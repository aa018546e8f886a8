import { corrupt } from './corrupt.js';
import type { Attribute, GraphNode } from './Graph.js';

/**
 * Reads a node's attributes by the type they must have. Each function returns undefined if there is no such attribute, and throws
 * VisavisError `model-corrupt` if it has another type.
 */
export const attributesOf = (node: GraphNode) => ({
  text: (key: string) => take(node, key, isText, 'text'),
  flag: (key: string) => take(node, key, isFlag, 'flag'),
  integers: (key: string) => take(node, key, isIntegers, 'list of integers'),
  texts: (key: string) => take(node, key, isTexts, 'list of texts'),
  float: (key: string) => take(node, key, isFloat, 'float')?.float,
});

function take<T extends Attribute>(node: GraphNode, key: string, is: (value: Attribute) => value is T, kind: string): T | undefined {
  const value = node.attributes[key];
  if (value === undefined || is(value)) return value;
  throw corrupt(`the attribute "${key}" of ${node.op} "${node.name}" is no ${kind}`);
}

const isFloat = (value: Attribute): value is { readonly float: number } => typeof value === 'object' && 'float' in value;
const isText = (value: Attribute): value is string => typeof value === 'string';
const isFlag = (value: Attribute): value is boolean => typeof value === 'boolean';
const isIntegers = (value: Attribute): value is readonly number[] => Array.isArray(value) && value.every((n) => typeof n === 'number');
const isTexts = (value: Attribute): value is readonly string[] => Array.isArray(value) && value.every((text) => typeof text === 'string');
