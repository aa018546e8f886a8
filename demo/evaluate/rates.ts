import { MIN_FALSE_MATCHES, type VerificationReport } from '../../src/evaluation.js';

/** Rates that people ask for, whether or not the pictures support them. */
const WANTED = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5];
const USUAL = 1e-3;

export interface OfferedRate {
  readonly fmr: number;
  readonly supported: boolean;
}

/** The measured rates, and the usual ones among those that the pictures do not support; the most lenient first. */
export function offeredRates({ operatingPoints }: VerificationReport): OfferedRate[] {
  const measured = operatingPoints.map(({ fmr }) => ({ fmr, supported: true }));
  const least = Math.min(Infinity, ...operatingPoints.map(({ fmr }) => fmr));
  return [...measured, ...WANTED.filter((fmr) => fmr < least).map((fmr) => ({ fmr, supported: false }))];
}

/** 1 in 1,000 where the pictures support it, else the smallest rate that they do. */
export function rateToStartAt({ operatingPoints }: VerificationReport): number {
  const measured = operatingPoints.map(({ fmr }) => fmr);
  return measured.includes(USUAL) || measured.length === 0 ? USUAL : Math.min(...measured);
}

/** Pairs of strangers that a rate takes. */
export function pairsFor(fmr: number): number {
  return Math.round(MIN_FALSE_MATCHES / fmr);
}

/** The most lenient of the usual rates that the pictures do not support; null where they support all. */
export function firstUnsupported(report: VerificationReport): number | null {
  return offeredRates(report).find(({ supported }) => !supported)?.fmr ?? null;
}
