import { bytesOf, wholeOf, type Step, type Value } from './Step.js';

interface Block {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  offset: number;
}

/**
 * Assigns the values of a run to places in one piece of memory. Values that are not in use at the same time may share a place. Places the
 * largest first, each at the lowest offset that is free. A value that several steps write in parts is in use from the first of them on.
 * @param kept whole values that are read after the run
 */
export function layOut(steps: readonly Step[], kept: ReadonlySet<Value>): { offsets: ReadonlyMap<Value, number>; bytes: number } {
  const blocks = new Map<Value, Block>();
  const last = lastUses(steps);
  steps.forEach(({ output }, from) => {
    const value = wholeOf(output);
    if (blocks.has(value)) return;
    const to = kept.has(value) ? steps.length : last.get(value)!;
    blocks.set(value, { from, to, bytes: Math.ceil(bytesOf(value) / 64) * 64, offset: 0 });
  });
  const placed: Block[] = [];
  for (const block of [...blocks.values()].sort((a, b) => b.bytes - a.bytes)) {
    const neighbors = placed.filter(({ from, to }) => from <= block.to && block.from <= to).sort((a, b) => a.offset - b.offset);
    for (const { offset, bytes } of neighbors) {
      if (block.offset + block.bytes <= offset) break;
      block.offset = Math.max(block.offset, offset + bytes);
    }
    placed.push(block);
  }
  return {
    offsets: new Map([...blocks].map(([value, { offset }]) => [value, offset])),
    bytes: Math.max(0, ...placed.map(({ offset, bytes }) => offset + bytes)),
  };
}

/** The index of the last step that reads each value, or writes it: also one that nobody reads may not be written over another. */
function lastUses(steps: readonly Step[]): ReadonlyMap<Value, number> {
  const last = new Map<Value, number>();
  steps.forEach(({ input, residual, output }, i) => {
    for (const value of [input, residual, output]) if (value) last.set(wholeOf(value), i);
  });
  return last;
}
