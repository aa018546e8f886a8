import { importFailed } from '../importFailed.js';
import type { LiteGraph } from './LiteGraph.js';
import type { LiteOperator } from './LiteModel.js';

/**
 * The operators that a result needs, each after those that it reads.
 * @throws VisavisError `import-failed` that names the tensor: if it needs itself, or if nothing computes it
 */
export function orderOperators(graph: LiteGraph, input: number, output: number): LiteOperator[] {
  const ordered = new Set<LiteOperator>();
  const done = new Set([input]);
  const open = new Set<number>();
  // A list instead of recursion: graphs may be deeper than the call stack.
  const waiting = [output];
  for (let index = waiting.at(-1); index !== undefined; index = waiting.at(-1)) {
    const maker = graph.maker(index);
    if (!done.has(index) && !maker) throw importFailed(`The tensor ${graph.tensor(index).name} is read, and nothing computes it.`);
    const missing = done.has(index) || !maker ? [] : graph.reads(maker).filter((each) => !done.has(each));
    if (missing.length > 0) {
      open.add(index);
      const again = missing.find((each) => open.has(each));
      if (again !== undefined) throw importFailed(`The graph has a cycle: ${graph.tensor(again).name} needs itself.`);
      waiting.push(...missing.reverse());
      continue;
    }
    if (maker && index !== input) ordered.add(maker);
    done.add(index);
    open.delete(index);
    waiting.pop();
  }
  return [...ordered];
}
