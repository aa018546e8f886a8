import { formatRate, type Interval } from '../../src/evaluation.js';

const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const rough = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** "4.81 %". */
export function percent(share: number | null): string {
  return share === null ? 'no pairs' : `${short.format(share * 100)} %`;
}

/** "4.8 %", for sentences that say "about". */
export function roughPercent(share: number): string {
  return `${rough.format(share * 100)} %`;
}

/** "3.2 … 7.1 %". */
export function intervalText(interval: Interval | null): string {
  if (interval === null) return 'no pairs';
  const [low, high] = interval;
  return low <= 0 && high >= 1 ? 'unknown' : `${short.format(low * 100)} … ${short.format(high * 100)} %`;
}

/** "1 in 1,000", as the charts have it. */
export const rateText = formatRate;

/** "1 stranger in 1,000", "3 strangers in 1,000". */
export function strangersText(fmr: number): string {
  return rateText(fmr).replace(/^(\d+) in/, (_, n: string) => `${n} stranger${n === '1' ? '' : 's'} in`);
}

/** As many digits as operating points are used with. */
export function distanceText(distance: number): string {
  return distance.toFixed(3);
}

/** "less than a minute left", "about 3 minutes left". */
export function timeLeftText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 50) return `about ${Math.ceil(seconds / 10) * 10} seconds left`;
  if (minutes <= 1) return 'about a minute left';
  if (minutes < 60) return `about ${minutes} minutes left`;
  const halves = Math.round(minutes / 30) / 2;
  return halves === 1 ? 'about an hour left' : `about ${halves.toLocaleString('en')} hours left`;
}
