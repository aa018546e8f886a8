import type { Attribute } from '../../graph/Graph.js';
import { importFailed } from '../importFailed.js';
import type { TfNode } from './messages.js';

export type AttributeKind = 'text' | 'flag' | 'integers' | 'float';

const UTF8 = new TextDecoder();

/** A node's attribute as graph models have it; undefined if there is none. @throws VisavisError `import-failed` if it is of another kind */
export function attributeOf({ name, op, attributes }: TfNode, key: string, kind: AttributeKind): Attribute | undefined {
  const found = attributes.get(key);
  if (!found) return undefined;
  const { text, flag, float, list } = found;
  const values: Record<AttributeKind, Attribute | undefined> = {
    text: text && UTF8.decode(text.subarray(0, 64)),
    flag,
    // An empty message is an empty list, or no list.
    integers: list && Array.from(list.ints.values),
    float: float === undefined ? undefined : { float },
  };
  const value = values[kind];
  if (value === undefined) throw importFailed(`The attribute ${key} of the node ${name} (${op}) is of an unexpected kind.`);
  return value;
}
