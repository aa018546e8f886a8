import { bytesOf, reads, wholeOf, type Step, type Value } from './Step.js';

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
  steps.forEach(({ output }, from) => {
    const value = wholeOf(output);
    if (blocks.has(value)) return;
    const to = kept.has(value) ? steps.length : lastUse(steps, value);
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

/** The index of the last step that reads a value, or writes it: also one that nobody reads may not be written over another. */
function lastUse(steps: readonly Step[], value: Value): number {
  return steps.reduce((last, step, i) => (reads(step, value) || wholeOf(step.output) === value ? i : last), 0);
}
