import type { ClusterReport, ClusterRun } from '../clustering/measureClustering.js';
import type { Evaluation } from '../Evaluation.js';
import type { ProtocolRates } from '../protocols/measureScores.js';
import type { GroupTable } from '../statistics/groupTable.js';
import type { VerificationReport } from '../statistics/VerificationReport.js';
import { percent } from './numbers.js';

/** How many pictures there were of each kind. */
export interface PictureCounts {
  readonly faceless: number;
  readonly unreadable: number;
  /** Pictures that the quality gate would refuse. */
  readonly refused: number;
  /** Refusals by reason; a picture may have several. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** The rates of an evaluation as lines of text, for a console. */
export function textSummary(
  { notes, protocol, report, plain, clusters, ...run }: Evaluation,
  { faceless, unreadable, refused, reasons }: PictureCounts,
): string {
  const of = count(run.pictures, 'picture');
  const subject = protocol
    ? `${count(protocol.pairs, 'pair')} of ${of}`
    : `all pairs of ${of} of ${count(report?.identities ?? 0, 'person', 'people')}`;
  const lines = [
    `${run.model} ${run.modelVersion} on ${run.backend} (${[run.build, run.arithmetic].filter(Boolean).join(', ')}): ${subject}`,
    ...(protocol ? protocolLines(protocol) : []),
    ...(!protocol && report ? reportLines(report) : []),
    ...(report && plain ? plainLines(report, plain.report) : []),
    row(
      'without a face',
      `${faceless}${unreadable > 0 ? ` and ${unreadable} that cannot be read` : ''}${protocol ? ' (their pairs count as refused)' : ' (in no pair)'}`,
    ),
    row('quality gate', `would refuse ${refused} ${JSON.stringify(reasons)}`),
    row(
      'speed',
      run.picturesPerSecond === null ? 'not measured: every embedding was there already' : `${run.picturesPerSecond.toFixed(1)} pictures/s`,
    ),
    ...(clusters ? ['', ...clusterLines(clusters)] : []),
    ...(report?.groups && report.groups.thresholds.length > 0 ? ['', ...groupLines(report.groups)] : []),
    ...[...notes, ...(report?.notes ?? [])].map((note, i) => `${i === 0 ? '\n' : ''}Note: ${note}`),
  ];
  return lines.join('\n');
}

function protocolLines({ folds, equalErrorRate, tar }: ProtocolRates): string[] {
  return [
    ...(folds
      ? [
          row('accuracy', `${percent(folds.accuracy)} ± ${percent(folds.std)} over ${folds.perFold.length} folds`),
          row('distance threshold', `${folds.threshold.toFixed(4)} (mean of the folds')`),
        ]
      : []),
    ...(equalErrorRate ? [row('equal error rate', `${percent(equalErrorRate.rate)} at ${equalErrorRate.threshold.toFixed(4)}`)] : []),
    ...tar.map(({ far, tar: rate, threshold }) => row(`TAR at FAR ${exponent(far)}`, `${percent(rate)} at ${threshold.toFixed(4)}`)),
  ];
}

function reportLines({ equalErrorRate: equal, operatingPoints, genuinePairs, impostorPairs }: VerificationReport): string[] {
  return [
    row('pairs', `${genuinePairs.toLocaleString('en-GB')} of one person, ${impostorPairs.toLocaleString('en-GB')} of two`),
    row('equal error rate', equal ? `${percent(equal.rate)} at ${equal.threshold.toFixed(4)} (95 %: ${interval(equal.interval)})` : '–'),
    ...[1e-2, 1e-3].map((far) => {
      const point = operatingPoints.find(({ fmr }) => fmr === far);
      const words = point
        ? `${percent(1 - point.fnmr)} at ${point.threshold.toFixed(4)} (95 %: ${interval([1 - point.fnmrInterval[1], 1 - point.fnmrInterval[0]])})${point.extrapolated ? ', extrapolated: too few pairs to count' : ''}`
        : 'not measured: too few pairs';
      return row(`TAR at FAR ${exponent(far)}`, words);
    }),
  ];
}

/** What normalizing by the cohort changes. */
function plainLines(report: VerificationReport, plain: VerificationReport): string[] {
  const refused = (of: VerificationReport, fmr: number) => {
    const point = of.operatingPoints.find((one) => one.fmr === fmr);
    return point ? `${percent(point.fnmr)}${point.extrapolated ? ' (extrapolated)' : ''}` : '–';
  };
  return [1e-3, 1e-4].map((fmr) =>
    row(`refused at ${exponent(fmr)}`, `${refused(report, fmr)} by normalized distances, ${refused(plain, fmr)} by plain ones`),
  );
}

function clusterLines({ minPictures, people, pictures, atThreshold, best, thresholdsFrom }: ClusterReport): string[] {
  const head = `clustering ${count(pictures, 'picture')} of ${count(people, 'person', 'people')} with ${minPictures} or more`;
  if (!atThreshold || !best) return [`${head}: nobody has that many usable pictures`];
  const words = (run: ClusterRun) =>
    `pairwise F1 ${percent(run.pairwise.f1)}, B-cubed F1 ${percent(run.bcubed.f1)}, ${count(run.clusters, 'cluster')} at ${run.threshold.toFixed(4)}`;
  return [
    `${head} (thresholds: ${thresholdsFrom})`,
    row(`at FMR ${exponent(atThreshold.fmr)}`, words(atThreshold)),
    row('best of a sweep', `${words(best)} (FMR ${exponent(best.fmr)}), chosen on these pictures: optimistic`),
  ];
}

function groupLines({ thresholds, cells }: GroupTable): string[] {
  return thresholds.flatMap(({ fmr, threshold }, t) => [
    `groups at ${threshold.toFixed(4)} (FMR ${exponent(fmr)} over all): false matches, false non-matches`,
    ...cells.map(({ a, b, genuine, impostor }) => {
      const [wrong, refused] = [impostor.rates[t]!.rate, genuine.rates[t]!.rate];
      return row(a === b ? a : `${a} × ${b}`, `${wrong === null ? '–' : percent(wrong)}, ${refused === null ? '–' : percent(refused)}`);
    }),
  ]);
}

function row(name: string, words: string): string {
  return `  ${name.padEnd(21)} ${words}`;
}

function interval([low, high]: readonly [number, number]): string {
  return `${percent(low)} … ${percent(high)}`;
}

function exponent(rate: number): string {
  return rate.toExponential().replace('.0', '');
}

function count(value: number, one: string, several = `${one}s`): string {
  return `${value.toLocaleString('en-GB')} ${value === 1 ? one : several}`;
}
