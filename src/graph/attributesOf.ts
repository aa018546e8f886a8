import { corrupt } from './corrupt.js';
import type { Attribute, GraphNode } from './Graph.js';

/**
 * Takes attributes from a node by what they must be. Each gives undefined where there is no such attribute, and throws VisavisError
 * `model-corrupt` where it is of another kind.
 */
export const attributesOf = (node: GraphNode) => ({
  text: (key: string) => take(node, key, isText, 'text'),
  flag: (key: string) => take(node, key, isFlag, 'flag'),
  integers: (key: string) => take(node, key, isIntegers, 'list of integers'),
  texts: (key: string) => take(node, key, isTexts, 'list of texts'),
});

function take<T extends Attribute>(node: GraphNode, key: string, is: (value: Attribute) => value is T, kind: string): T | undefined {
  const value = node.attributes[key];
  if (value === undefined || is(value)) return value;
  throw corrupt(`the attribute "${key}" of ${node.op} "${node.name}" is no ${kind}`);
}

const isText = (value: Attribute): value is string => typeof value === 'string';
const isFlag = (value: Attribute): value is boolean => typeof value === 'boolean';
const isIntegers = (value: Attribute): value is readonly number[] => Array.isArray(value) && value.every((n) => typeof n === 'number');
const isTexts = (value: Attribute): value is readonly string[] => Array.isArray(value) && value.every((text) => typeof text === 'string');
