/** @typedef {import('../../src/graph/Graph.js').Graph} Graph */

/**
 * The part of a graph that the outputs depend on: nodes and weights, each in their order.
 * @param {Graph} graph
 * @param {readonly string[]} outputs names
 * @returns {Graph}
 */
export function pruneGraph({ nodes, weights, library, versions }, outputs) {
  /** @type {Set<string>} */
  const needed = new Set();
  const open = [...outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = nodes.get(name);
    if (!node) throw new Error(`the graph has no node ${name}`);
    if (needed.has(name)) continue;
    needed.add(name);
    open.push(...node.inputs);
  }
  return {
    nodes: new Map([...nodes].filter(([name]) => needed.has(name))),
    weights: new Map([...weights].filter(([name]) => needed.has(name))),
    library,
    versions,
  };
}
