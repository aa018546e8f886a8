/** @typedef {import('./shrinkModel.mjs').ModelJson} ModelJson */
/** @typedef {import('./shrinkModel.mjs').Node} Node */

/**
 * The nodes that the outputs depend on, in their order.
 * @param {readonly Node[]} nodes
 * @param {readonly string[]} outputs names
 */
export function pruneGraph(nodes, outputs) {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  /** @type {Set<Node>} */
  const needed = new Set();
  const open = [...outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = byName.get(name);
    if (!node) throw new Error(`the graph has no node ${name}`);
    if (needed.has(node)) continue;
    needed.add(node);
    open.push(...(node.input ?? []));
  }
  return nodes.filter((node) => needed.has(node));
}
