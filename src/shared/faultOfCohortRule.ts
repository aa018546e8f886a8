import type { CohortRule } from './Cohort.js';
import { describe } from './describe.js';

/** What is wrong with a manifest's words about a cohort; '' if nothing is. */
export function faultOfCohortRule(rule: unknown): string {
  const { count, scale, k, weight, center } = (rule ?? {}) as Partial<CohortRule>;
  if (!(Number.isInteger(count) && count! > 0)) return `count is ${describe(count)}`;
  if (!(Number.isInteger(k) && k! > 0 && k! <= count!)) return `k is ${describe(k)}`;
  if (!(typeof scale === 'number' && scale > 0 && scale <= 1)) return `scale is ${describe(scale)}`;
  if (!(typeof weight === 'number' && weight > 0 && weight <= 2)) return `weight is ${describe(weight)}`;
  if (!(typeof center === 'number' && Math.abs(center) <= 1)) return `center is ${describe(center)}`;
  return '';
}
