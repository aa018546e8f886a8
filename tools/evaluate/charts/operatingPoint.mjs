import { formatPercent } from './formatPercent.mjs';
import { formatRate } from './formatRate.mjs';

/** @typedef {import('../statistics/measurePairs.mjs').OperatingPoint} OperatingPoint */

/** Whether a rate is a power of ten: those are labeled. @param {number} rate */
export function isDecade(rate) {
  const exponent = Math.log10(rate);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6;
}

/** An operating point in words. @param {OperatingPoint} point */
export function describePoint({ fmr, threshold, fnmr, fnmrInterval: [low, high] }) {
  const interval = `${formatPercent(low)} to ${formatPercent(high)} %`;
  return `false match rate ${formatRate(fmr)}: threshold ${threshold.toFixed(3)}, ${formatPercent(fnmr)} % of genuine pairs refused (${interval})`;
}
