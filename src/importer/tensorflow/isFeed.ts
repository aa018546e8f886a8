import { BOOL, type TfNode } from './messages.js';

/** What a caller puts pictures into, or what takes them out of a queue. */
export function isFeed({ op, attributes }: TfNode): boolean {
  if (op === 'Placeholder' || op === 'PlaceholderWithDefault') return attributes.get('dtype')?.type !== BOOL;
  return op === 'IteratorGetNext' || op.startsWith('QueueDequeue');
}
