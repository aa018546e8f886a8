import { decodeBase64 } from './base64.js';
import type { Attribute } from './Graph.js';
import { isObject } from './isObject.js';

/** Reads an attribute of a node from protocol buffers' JSON; null if it cannot be read. */
export function readAttribute(attribute: unknown): Attribute | null {
  if (!isObject(attribute)) return null;
  const { s, i, f, b, type, shape, list } = attribute;
  if (s !== undefined) return typeof s === 'string' ? decodeBase64(s) : null;
  if (i !== undefined) return wholeNumber(i) ?? { raw: attribute };
  if (typeof f === 'number') return { float: f };
  if (typeof b === 'boolean') return b;
  if (typeof type === 'string') return { type };
  if (isObject(shape)) return readShape(shape) ?? { raw: attribute };
  if (isObject(list)) return readList(list) ?? { raw: attribute };
  return { raw: attribute };
}

/** The sizes of a shape with a known number of axes. */
function readShape({ dim = [], unknownRank = false }: Record<string, unknown>): Attribute | null {
  if (unknownRank !== false || !Array.isArray(dim)) return null;
  const sizes = dim.map((each: unknown) => (isObject(each) && each.name === undefined ? wholeNumber(each.size) : null));
  return allKnown(sizes) ? { shape: sizes } : null;
}

function readList({ s, i, ...others }: Record<string, unknown>): Attribute | null {
  // Some writers also list the kinds that are empty.
  if (Array.isArray(s) && s.length > 0) {
    const texts = s.map((each: unknown) => (typeof each === 'string' ? decodeBase64(each) : null));
    return allKnown(texts) ? texts : null;
  }
  if (Array.isArray(i) && i.length > 0) {
    const numbers = i.map(wholeNumber);
    return allKnown(numbers) ? numbers : null;
  }
  return [s ?? [], i ?? [], ...Object.values(others)].every((values) => Array.isArray(values) && values.length === 0) ? [] : null;
}

/** 64-bit integers are strings in JSON; those that JavaScript cannot represent are not read. */
function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : null;
}

function allKnown<T>(list: (T | null)[]): list is T[] {
  return list.every((each) => each !== null);
}
