import type { Split } from './drawFrames.js';

/**
 * How many pairs of a template and a stranger's probe there are in a resample of the people. Two copies of one person are not strangers.
 * @param weight how often each person was drawn
 */
export function strangersIn({ templates, probes }: Split<unknown>, weight: Uint8Array): number {
  const shown = new Uint32Array(weight.length);
  let probed = 0;
  for (const { person } of probes) {
    shown[person]!++;
    probed += weight[person]!;
  }
  return templates.reduce((sum, { person }) => sum + weight[person]! * (probed - weight[person]! * shown[person]!), 0);
}
