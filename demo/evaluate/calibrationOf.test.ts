import { describe, expect, it } from 'vitest';
import { testCrowd } from '../../src/evaluation/fixtures/testCrowd.js';
import { measureVerification, type VerificationReport } from '../../src/evaluation.js';
import { calibrationOf } from './calibrationOf.js';
import { EMPTY, type EvaluationState } from './EvaluationState.js';

const crowd = testCrowd({ pictures: Array.from({ length: 12 }, () => 4), spread: 0.1 });
const report = measureVerification(crowd, { resamples: 5 });
/** As of faces that hardly differ. */
const near: VerificationReport = { ...report, operatingPoints: report.operatingPoints.map((point) => ({ ...point, threshold: 0.01 })) };
const info = (sha256: string | null) =>
  ({
    ...{ model: 'm', modelVersion: '1.0.0', pipelineVersion: 1, arithmetic: 'int8' },
    normalized: sha256 === null ? null : { cohort: { sha256 } },
  }) as unknown as EvaluationState['info'];

describe('the file of operating points', () => {
  it('is none before anything is measured', () => {
    expect(calibrationOf(EMPTY, 'x')).toBeNull();
  });

  it('is taken by the SDK', () => {
    const { calibration, fault } = calibrationOf({ ...EMPTY, report, info: info(null) }, 'x')!;
    expect(fault).toBe('');
    expect(calibration).toMatchObject({ operatingPoints: report.operatingPoints, measurement: { dataset: 'x' } });
    expect(calibration.operatingPoints.length).toBeGreaterThan(0);
    const both = calibrationOf({ ...EMPTY, report, plain: report, info: info('ab'.repeat(32)) }, 'x')!;
    expect(both).toMatchObject({ fault: '', calibration: { normalized: { operatingPoints: report.operatingPoints } } });
  });

  it('is not offered where the SDK would refuse it, by plain or by normalized distances', () => {
    expect(calibrationOf({ ...EMPTY, report: near, info: info(null) }, 'x')!.fault).toMatch(/out of range/);
    expect(calibrationOf({ ...EMPTY, report: near, plain: report, info: info('ab'.repeat(32)) }, 'x')!.fault).toMatch(/of the normalized/);
  });
});
