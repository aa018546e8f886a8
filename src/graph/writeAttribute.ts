import { encodeBase64 } from './base64.js';
import type { Attribute } from './Graph.js';

/** Writes an attribute of a node the way protocol buffers do in JSON. Throws a RangeError for a text that does not consist of bytes. */
export function writeAttribute(attribute: Attribute): unknown {
  if (typeof attribute === 'string') return { s: encodeBase64(attribute) };
  if (typeof attribute === 'number') return { i: String(attribute) };
  if (typeof attribute === 'boolean') return { b: attribute };
  if (isList(attribute)) return { list: writeList(attribute) };
  if ('float' in attribute) return { f: attribute.float };
  if ('type' in attribute) return { type: attribute.type };
  if ('shape' in attribute) return { shape: { dim: attribute.shape.map((size) => ({ size: String(size) })) } };
  return attribute.raw;
}

/** An empty list does not say what it is a list of. */
function writeList(list: readonly (string | number)[]): unknown {
  if (list.length === 0) return {};
  if (typeof list[0] === 'string') return { s: list.map((text) => encodeBase64(String(text))) };
  return { i: list.map(String) };
}

function isList(attribute: Attribute): attribute is readonly string[] | readonly number[] {
  return Array.isArray(attribute);
}
