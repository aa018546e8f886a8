import { importFailed } from '../importFailed.js';
import type { FrozenGraph, Reference } from './FrozenGraph.js';
import type { TfNode } from './messages.js';
import type { TensorDecoder } from './TensorDecoder.js';

/** Nodes between a Switch and what its condition is, at most. */
const MAX_STEPS = 32;

/**
 * A condition as it is outside of training: flags that the caller gives, such as phase_train, are false.
 * @param reader the Switch, for messages
 * @param assumed gets the names of flags that were read as false
 * @throws VisavisError `import-failed` if the condition depends on what is computed
 */
export function predicateOf(
  condition: Reference,
  reader: TfNode,
  graph: FrozenGraph,
  decoder: TensorDecoder,
  assumed: Set<string>,
): boolean {
  let [{ node }, turned] = [condition, false];
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const [from] = graph.inputsOf(node);
    if (node.op === 'Const') return turned !== (decoder.decode(node).values[0] === 1);
    if (node.op === 'Placeholder' || (node.op === 'PlaceholderWithDefault' && /train/i.test(node.name))) {
      assumed.add(node.name);
      return turned;
    }
    if (!from || !['Identity', 'Switch', 'PlaceholderWithDefault', 'LogicalNot'].includes(node.op)) break;
    if (node.op === 'LogicalNot') turned = !turned;
    node = from.node;
  }
  throw importFailed(
    `Which branch the Switch ${reader.name} takes depends on ${node.name} (${node.op}), which is not known before it runs.`,
  );
}
