import { expect, it } from 'vitest';
import { untold } from './untold.mjs';

const report = (declarations: string) => `## API Report File for "visavis"\n\n\`\`\`ts\n\n${declarations}\n\`\`\`\n`;
const entry = (before: string, now: string) => ({ entry: 'visavis', before: report(before), now: report(now) });

it('names what is new, gone and changed, and nothing that is only commented otherwise', () => {
  const before = `
// @public
export function distance(a: Float32Array): number;
// @public (undocumented)
export const LIMIT = 3;
// @public
export interface Box { readonly x: number }
// @public
export class Vault { get(id: string): string }`;
  const now = `
// @public
export function distance(a: Float32Array): number;
// @public (undocumented)
export function distance(a: Float32Array, b: Float32Array): number;
// @public
export interface Box {
    // (undocumented)
    readonly x: number
}
// @public
export class Vault { get(id: string): string }
// @public
export type Sources = string;`;
  expect(untold([entry(before, now)], '')).toEqual(['visavis: distance (changed)', 'visavis: LIMIT (gone)', 'visavis: Sources (new)']);
  expect(untold([entry(before, before)], '')).toEqual([]);
});

it('takes an export as told by its name in a code span, by a beginning, and by the name of a new entry', () => {
  const now =
    'export interface Vault {}\nexport interface EnrolmentView {}\nexport interface EnrolmentHint {}\nexport type Sources = string;';
  const all = [entry('', now)];
  expect(untold(all, '- `vault.get` is faster; Sources, too. Every `Enrolment…` is gone.')).toEqual(['visavis: Sources (new)']);
  expect(untold(all, '- `Sources` and `EnrolmentView` are new, and so is `vaults`.')).toEqual([
    'visavis: Vault (new)',
    'visavis: EnrolmentHint (new)',
  ]);
  const fresh = { entry: 'visavis/evaluation', before: null, now: report(now) };
  expect(untold([fresh], '- `visavis/evaluation`: measures.')).toEqual([]);
  expect(untold([fresh], '- measures')).toHaveLength(4);
});

it('refuses a report that it cannot read', () => {
  expect(() => untold([{ entry: 'visavis', before: 'nothing', now: report('') }], '')).toThrow('expected a report');
});
