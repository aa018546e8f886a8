import type { VerificationReport } from '../../src/evaluation.js';
import { counted } from '../photos/counted.js';
import { distanceText, intervalText, rateText, roughPercent, strangersText } from './format.js';
import { firstUnsupported, pairsFor } from './rates.js';

export interface Recommendation {
  /** Null where the pictures support none at that rate. */
  readonly threshold: number | null;
  readonly text: string;
  readonly support: string;
  /** What the pictures cannot tell. */
  readonly limits: readonly string[];
}

/** The share of failed pictures from which it is worth pointing out. */
const MANY_FAILURES = 0.05;

/** The threshold for a false match rate, in words that claim no more than was measured. */
export function recommend(report: VerificationReport, fmr: number): Recommendation {
  const { operatingPoints, genuinePairs, impostorPairs, identities } = report;
  const point = operatingPoints.find((p) => p.fmr === fmr);
  const limits = [...report.notes, ...tooFewPairs(report), ...failed(report)];
  if (!point) return { threshold: null, text: whyNone(report), support: '', limits };
  const { threshold, fnmr, fnmrInterval } = point;
  const refused =
    fnmr === 0
      ? `None of the ${counted(genuinePairs, 'genuine pair')} was refused`
      : `About ${roughPercent(fnmr)} of genuine attempts are refused`;
  const range = intervalText(fnmrInterval);
  return {
    threshold,
    text: `At ${strangersText(fmr)}, pictures within a distance of ${distanceText(threshold)} count as the same person. ${refused}${range === 'unknown' ? '; these pictures can’t tell how certain that is' : ` (95 %: ${range})`}.`,
    support: `Supported by ${counted(impostorPairs, 'pair')} of strangers and ${counted(genuinePairs, 'genuine pair')}, of ${counted(identities, 'person', 'people')}; one picture against one picture.`,
    limits,
  };
}

function whyNone({ operatingPoints, genuinePairs, impostorPairs }: VerificationReport): string {
  if (operatingPoints.length > 0) return 'These pictures don’t support that rate.';
  if (genuinePairs === 0 || impostorPairs === 0)
    return 'These pictures don’t support a threshold. That takes several people with several pictures each.';
  return 'These pictures don’t support a threshold, because there are too few of them.';
}

/** How many pairs the next smaller rate would take. */
function tooFewPairs(report: VerificationReport): string[] {
  const { impostorPairs, operatingPoints } = report;
  const fmr = firstUnsupported(report);
  if (fmr === null || impostorPairs === 0 || operatingPoints.length === 0) return [];
  const needed = pairsFor(fmr);
  // Pairs grow with the square of the pictures.
  const times = Math.sqrt(needed / impostorPairs);
  const more = times < 10 ? times.toFixed(1) : Math.round(times).toLocaleString('en');
  return [
    `Rates of ${rateText(fmr)} and below. That takes ${needed.toLocaleString('en')} pairs of strangers, and there are ${impostorPairs.toLocaleString('en')}. About ${more} times as many people and pictures would be enough.`,
  ];
}

function failed({ failures, pictures }: VerificationReport): string[] {
  const { rate, noFace, unreadable } = failures;
  if (rate < MANY_FAILURES) return [];
  return [
    `${(noFace + unreadable).toLocaleString('en')} of ${counted(pictures, 'picture')} have no face to compare, and don’t count in any rate.`,
  ];
}
