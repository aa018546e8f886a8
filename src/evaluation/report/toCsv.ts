import type { Evaluation } from '../Evaluation.js';

/** Operating points and curve as rows; `extrapolated` is 1 for points that were not counted. For an operating point `fmr` is the requested rate; for the curve it is the counted one. */
export function toCsv({ report, fused }: Pick<Evaluation, 'report' | 'fused'>): string {
  const header = [
    'kind',
    'template_frames',
    'probe_frames',
    'threshold',
    'fmr',
    'fmr_low',
    'fmr_high',
    'fnmr',
    'fnmr_low',
    'fnmr_high',
    'extrapolated',
  ];
  const curves = [...(report ? [{ templateFrames: 1, probeFrames: 1, ...report }] : []), ...fused];
  const rows = curves.flatMap(({ templateFrames, probeFrames, operatingPoints, curve }) =>
    [
      ...operatingPoints.map((point) => ({ kind: 'operating-point', ...point, extrapolated: point.extrapolated ? 1 : null })),
      ...curve.map((point) => ({ kind: 'curve', ...point, extrapolated: null })),
    ].map(({ kind, threshold, fmr, fmrInterval, fnmr, fnmrInterval, extrapolated }) =>
      [
        kind,
        templateFrames,
        probeFrames,
        threshold,
        fmr,
        ...(fmrInterval ?? [null, null]),
        fnmr,
        ...(fnmrInterval ?? [null, null]),
        extrapolated,
      ]
        .map((cell) => cell ?? '')
        .join(','),
    ),
  );
  return `${[header.join(','), ...rows].join('\n')}\n`;
}
