import { toCalibration } from '../../src/evaluation.js';
import { faultOfCurves, type Calibration } from '../../src/shared/Calibration.js';
import type { EvaluationState } from './EvaluationState.js';

/** What was measured as the file that the SDK reads, and why the SDK would refuse it ('' if it would not); null before anything is. */
export function calibrationOf(
  { report, plain, fused, info }: Pick<EvaluationState, 'report' | 'plain' | 'fused' | 'info'>,
  dataset: string,
): { readonly calibration: Calibration; readonly fault: string } | null {
  if (!report || !info) return null;
  const cohort = info.normalized?.cohort.sha256;
  const calibration =
    plain && cohort ? toCalibration(info, dataset, plain, [], { cohort, report, fused }) : toCalibration(info, dataset, report, fused);
  return { calibration, fault: faultOfCurves(calibration) };
}
