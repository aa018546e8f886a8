import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { multiplyAdds } from '../../src/graph/multiplyAdds.js';
import { readGraph } from '../../src/graph/readGraph.js';
import { measurePlan } from './measurePlan.mjs';

const read = (name: string) => readFileSync(new URL(`../../public/models/mobilenet-160/${name}`, import.meta.url));
const FILES = { modelJson: read('model.json').toString(), weights: read('weights.bin') };
const measure = (arithmetic: 'float32' | 'int16' | 'int8') => measurePlan(FILES, { size: 160, outputs: ['embedding'], arithmetic });

describe('measurePlan', () => {
  it('counts the multiply-adds of the graph, whatever multiplies them', () => {
    const expected = multiplyAdds(readGraph(FILES), ['embedding']);
    for (const arithmetic of ['float32', 'int16', 'int8'] as const) expect(measure(arithmetic).products).toBe(expected);
    expect(measure('float32').narrowed).toBe(0);
    expect(measure('int16').narrowed / expected).toBeGreaterThan(0.9);
  });

  it('counts each weight once, in as many bytes as it is kept in', () => {
    const [floats, shorts, bytes] = [measure('float32'), measure('int16'), measure('int8')];
    expect(floats.weightBytes).toBe(floatBytes());
    expect(floats.weightBytes - shorts.weightBytes).toBeGreaterThan(0.47 * floats.weightBytes);
    expect(shorts.weightBytes - bytes.weightBytes).toBeGreaterThan(0.2 * floats.weightBytes);
    for (const { weightBytes, weightMemory } of [floats, shorts, bytes]) {
      expect(weightMemory).toBeGreaterThanOrEqual(weightBytes);
      expect(weightMemory).toBeLessThan(1.02 * weightBytes);
    }
  });

  it('counts what is written and read from one step to the next, and no value that never leaves the nearest cache', () => {
    const { valueBytes, valueMemory, scratch } = measure('float32');
    // Those of the larger pictures are made in front of the products that read them.
    expect(valueBytes).toBeLessThan(20e6);
    expect(valueMemory).toBe(80 * 80 * (32 + 64) * 4 + 128);
    expect(scratch).toBeLessThan(0.3e6);
  });
});

/** Of all weights of the graph. */
function floatBytes(): number {
  const { weights } = readGraph(FILES);
  return [...weights.values()].reduce((sum, { values }) => sum + (values instanceof Float32Array ? values.length * 4 : 0), 0);
}
