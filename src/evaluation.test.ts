// The room by its entry, as an app uses it.
import { describe, expect, it } from 'vitest';
import { assertCalibration } from './client/calibrate.js';
import {
  calibrateFrames,
  clusterQuality,
  detChart,
  evaluate,
  htmlReport,
  measureProtocol,
  measureVerification,
  rocChart,
  scoreChart,
  standaloneChart,
  toCalibration,
  toCsv,
  toJson,
  type Sample,
} from './evaluation.js';
import { testCrowd } from './evaluation/fixtures/testCrowd.js';
import type { FaceVerifier } from './index.js';

/** docs/accuracy.md's example, "Measure your own people". */
async function measureOwn(verifier: FaceVerifier, pictures: readonly { name: string; person: string; blob: Blob }[]) {
  const samples: Sample[] = [];
  for (const { name, person, blob } of pictures) {
    samples.push({ file: name, identity: person, embedding: (await verifier.embed(blob)).embedding });
  }
  const report = measureVerification(samples);
  const cohort = verifier.info.normalized?.cohort;
  const normalized = cohort && {
    cohort: cohort.sha256,
    report: measureVerification(samples, { cohort }),
    fused: calibrateFrames(samples, { cohort }),
  };
  const operatingPoints = toCalibration(verifier.info, 'my people', report, calibrateFrames(samples), normalized);
  return { report, operatingPoints, roc: rocChart(report.curve, { points: report.operatingPoints }) };
}

const PEOPLE = 30;
const AXES = 32;
/**
 * Everyone has an axis of their own, so that strangers are √2 apart, and two pictures that are the same, but for the first, whose second is
 * unlike all.
 */
const axisOf = (person: number, picture: number) => (person === 0 && picture === 1 ? AXES - 1 : person);
const pictures = Array.from({ length: 2 * PEOPLE }, (_, i) => ({ person: Math.floor(i / 2), picture: i % 2 }));
const vector = (axis: number) => Float32Array.from({ length: AXES }, (_, i) => Number(i === axis));
const info = { version: '1.0.0', model: 'made-up', modelVersion: '1.0.0', pipelineVersion: 1, backend: 'wasm', build: 'relaxed' } as const;

/** Sees an axis in each blob's type. */
const verifier = {
  info,
  embed: ({ type }: Blob) => Promise.resolve({ embedding: vector(Number(type.replace('axis/', ''))) }),
} as unknown as FaceVerifier;
const named = pictures.map(({ person, picture }) => ({
  name: `${person}/${picture}.jpg`,
  person: `person ${person}`,
  blob: new Blob([], { type: `axis/${axisOf(person, picture)}` }),
}));

describe('measuring one’s own people', () => {
  it('gives the rates that can be told by hand', async () => {
    const { report, operatingPoints, roc } = await measureOwn(verifier, named);
    expect(report).toMatchObject({ pictures: 60, embedded: 60, identities: 30, genuinePairs: 30, impostorPairs: 1740, notes: [] });
    // At distance 0 no stranger passes, and one genuine pair in 30 is refused.
    expect(report.equalErrorRate!.rate).toBeCloseTo(1 / 60, 12);
    expect(report.equalErrorRate!.threshold).toBe(0);
    expect(report.operatingPoints.map(({ fmr, threshold, fnmr }) => [fmr, threshold, fnmr])).toEqual([
      [0.1, 1.41421, 0.033333],
      [0.03, 1.41421, 0.033333],
    ]);
    for (const { fnmrInterval } of report.operatingPoints) {
      expect(fnmrInterval[0]).toBeLessThanOrEqual(1 / 30);
      expect(fnmrInterval[1]).toBeGreaterThan(1 / 30);
    }
    expect(report.worst.falseNonMatches[0]).toMatchObject({ a: '0/0.jpg', b: '0/1.jpg' });
    expect(report.worst.falseNonMatches[0].distance).toBeCloseTo(Math.SQRT2, 6);
    expect(roc).toMatch(/^<svg /);
    expect(() => assertCalibration(operatingPoints)).not.toThrow();
  });

  it('gives a list of pairs its accuracy', () => {
    const embeddings = new Map(pictures.map(({ person, picture }) => [`${person}/${picture}.jpg`, vector(axisOf(person, picture))]));
    const pairs = Array.from({ length: PEOPLE }, (_, i) => [
      { fold: String(i % 3), a: `${i}/0.jpg`, b: `${i}/1.jpg`, same: true },
      { fold: String(i % 3), a: `${i}/0.jpg`, b: `${(i + 1) % PEOPLE}/0.jpg`, same: false },
    ]).flat();
    const { folds, equalErrorRate, tar } = measureProtocol({ name: 'mine', pairs }, embeddings);
    // 59 of 60 pairs are right; the wrong one is in the first of three folds of 20.
    expect(folds!.accuracy).toBeCloseTo(59 / 60, 12);
    expect(folds!.perFold.map(({ accuracy }) => accuracy)).toEqual([0.95, 1, 1]);
    expect(equalErrorRate!.rate).toBeCloseTo(1 / 60, 12);
    expect(tar.map((rate) => [rate.far, rate.tar])).toEqual([
      [1e-2, 29 / 30],
      [1e-3, 29 / 30],
    ]);
  });

  it('gives everything at once, as a page, data and charts', () => {
    const samples = testCrowd({ pictures: new Array<number>(40).fill(4), size: 16, spread: 0.15 });
    const stages: string[] = [];
    const evaluation = evaluate(samples, {
      dataset: 'a <crowd>',
      info: { ...info, operatingPoints: [] },
      cluster: { minPictures: 3, fmr: 0.01 },
      onStage: (stage) => stages.push(stage),
    });
    expect(stages).toEqual(['pairs', 'fused', 'clusters']);
    const { report, clusters } = evaluation;
    expect(report).toEqual(measureVerification(samples));
    expect(clusters).toMatchObject({ people: 40, pictures: 160, thresholdsFrom: 'the operating points measured on these pictures' });
    expect(htmlReport(evaluation)).toContain('a &lt;crowd&gt;');
    expect(JSON.parse(toJson(evaluation))).toEqual(JSON.parse(JSON.stringify(evaluation)));
    expect(toCsv(evaluation).split('\n')[1]).toMatch(/^operating-point,1,1,/);
    const { curve, operatingPoints: points, equalErrorRate, histogram } = report!;
    for (const svg of [rocChart(curve, { points }), detChart(curve, { points, equalErrorRate }), scoreChart(histogram)]) {
      expect(standaloneChart(svg)).toMatch(/^<svg [^>]*><style>/);
    }
  });

  it('says where nothing could be clustered', () => {
    const few = testCrowd({ pictures: [2, 2] });
    const { clusters, notes } = evaluate(few, {
      dataset: 'few',
      info: { ...info, operatingPoints: [] },
      cluster: { minPictures: 2, fmr: 0.1 },
    });
    expect(clusters).toBeNull();
    expect(notes.join()).toMatch(/Nothing was clustered/);
    const operatingPoints = [0.1, 0.01].map(
      (fmr) => ({ fmr, threshold: 1 + fmr, fmrInterval: [fmr, fmr], fnmr: 0, fnmrInterval: [0, 0] }) as const,
    );
    const cluster = { minPictures: 2, fmr: 1e-9 };
    const beyond = evaluate(testCrowd({ pictures: [3, 3, 3, 3] }), { dataset: 'few', info: { ...info, operatingPoints }, cluster });
    expect([beyond.clusters, beyond.report === null]).toEqual([null, false]);
    expect(beyond.notes.join()).toContain('1e-9 was asked for (--cluster-fmr)');
  });

  it('scores a clustering', () => {
    expect(clusterQuality([0, 0, 1], ['a', 'a', 'b']).bcubed.f1).toBe(1);
  });
});

describe('a calibration', () => {
  it('is what createFaceVerifier accepts, also after a way through JSON', () => {
    const origin = { model: 'mobilenet-160', modelVersion: '1.0.0', pipelineVersion: 1 };
    const crowd = testCrowd({ pictures: Array.from({ length: 60 }, (_, i) => 1 + (i % 9)) });
    const fused = calibrateFrames(crowd, { resamples: 20, repetitions: 2 });
    const calibration = toCalibration(origin, 'a crowd', measureVerification(crowd, { resamples: 20 }), fused);
    const read: unknown = JSON.parse(JSON.stringify(calibration));
    expect(() => assertCalibration(read)).not.toThrow();
    expect(calibration).toMatchObject({ ...origin, measurement: { dataset: 'a crowd', identities: 60 } });
    expect(calibration.fused!.length).toBeGreaterThan(2);
    expect(calibration.fused![0]).toMatchObject({ templateFrames: 3, probeFrames: 1, measurement: { dataset: 'a crowd' } });
  });
});
