import { importFailed } from '../importFailed.js';
import { labelOf } from './Call.js';
import type { OnnxModel, OnnxNode } from './OnnxModel.js';

/**
 * The nodes that a result depends on, each after those that make its inputs.
 * @throws VisavisError `import-failed` where one depends on itself, wants what nothing makes, or makes what another makes too
 */
export function orderNodes({ nodes, initializers, inputs }: OnnxModel, result: string): OnnxNode[] {
  const makers = makersOf(nodes);
  const given = new Set([...initializers.keys(), ...inputs.map(({ name }) => name)]);
  const ordered: OnnxNode[] = [];
  const state = new Map<OnnxNode, 'open' | 'done'>();
  // A list instead of recursion: files may be deeper than the call stack.
  const waiting: { readonly name: string; readonly reader?: OnnxNode }[] = [{ name: result }];
  for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
    const node = makers.get(next.name);
    if (!node) {
      if (!given.has(next.name)) throw missing(next.name, next.reader);
      waiting.pop();
      continue;
    }
    const before = state.get(node);
    if (before === undefined) {
      state.set(node, 'open');
      for (const name of node.inputs.filter(Boolean).reverse()) {
        const maker = makers.get(name);
        if (maker && state.get(maker) === 'open')
          throw importFailed(`The graph has a cycle: ${labelOf(node)} is fed by ${labelOf(maker)}, which it feeds.`);
        if (!maker || !state.has(maker)) waiting.push({ name, reader: node });
      }
      continue;
    }
    waiting.pop();
    if (before === 'done') continue;
    state.set(node, 'done');
    ordered.push(node);
  }
  return ordered;
}

function makersOf(nodes: readonly OnnxNode[]): Map<string, OnnxNode> {
  const makers = new Map<string, OnnxNode>();
  for (const node of nodes) {
    for (const output of node.outputs.filter(Boolean)) {
      const other = makers.get(output);
      if (other)
        throw importFailed(`The nodes ${labelOf(other)} and ${labelOf(node)} both make the tensor ${output}. The file is damaged.`);
      makers.set(output, node);
    }
  }
  return makers;
}

function missing(name: string, reader: OnnxNode | undefined) {
  const what = reader ? `which is an input of the node ${labelOf(reader)},` : 'which is a result of the network,';
  return importFailed(`The tensor ${name}, ${what} is not defined. The file is damaged.`);
}
