import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertCalibration, calibrate } from '../../src/client/calibrate.js';
import { cluster } from '../../src/matching/cluster.js';
import { thresholdAt } from '../../src/matching/operatingCurve.js';
import { clusterPeople } from './clusterPeople.mjs';
import { commandLine } from './commandLine.mjs';
import { parseOptions } from './parseOptions.mjs';
import { duration, progressLine } from './progressLine.mjs';
import { protocolRates } from './protocolRates.mjs';
import { toJson } from './report/toJson.mjs';
import { calibrateFrames } from './statistics/calibrateFrames.mjs';
import { measure } from './statistics/measure.mjs';
import { testCrowd } from './statistics/testCrowd.js';
import { toCalibration } from './statistics/toCalibration.mjs';
import { describeCalibration, writeIntoManifest } from './writeCalibration.mjs';

const options = (...args: string[]) => {
  const parsed = parseOptions(args);
  if (parsed === 'help') throw new Error('help');
  return parsed;
};

describe('parseOptions', () => {
  it('knows the sources', () => {
    expect(options('--people', 'x/Ann').source).toEqual({ kind: 'people', folder: 'x/Ann' });
    expect(options('--images', 'i', '--pairs', 'p').source).toEqual({ kind: 'pairs', folder: 'i', pairs: 'p' });
    expect(options('--cfp', 'c').source).toEqual({ kind: 'cfp', folder: 'c', protocol: 'FP' });
    expect(options('--cfp', 'c', '--protocol', 'ff').source).toEqual({ kind: 'cfp', folder: 'c', protocol: 'FF' });
    expect(parseOptions(['--help'])).toBe('help');
  });

  it.each([
    [[], /nothing to evaluate/],
    [['--people', 'x', '--cfp', 'y'], /more than one source/],
    [['--images', 'x'], /need each other/],
    [['--pairs', 'x'], /need each other/],
    [['--people', 'x', '--protocol', 'FP'], /belongs to --cfp/],
    [['--cfp', 'x', '--protocol', 'PP'], /expected FP or FF/],
    [['--people', 'x', '--cluster', 'many'], /--cluster/],
    [['--people', 'x', '--cluster', '5', '--cluster-fmr', '2'], /--cluster-fmr/],
    [['--people', 'x', '--backend', 'cuda'], /auto, wasm or webgl/],
    [['--people', 'x', '--jason', 'y'], /jason/],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('names the data set', () => {
    expect(options('--people', '/data/friends/').dataset).toBe('friends');
    expect(options('--images', '/data/lfw/images', '--pairs', 'p').dataset).toBe('lfw');
    expect(options('--people', 'x', '--dataset', 'Y').dataset).toBe('Y');
    expect(options('--people', 'x', '--write-operating-points', 'Z').dataset).toBe('Z');
  });
});

describe('commandLine', () => {
  it('quotes for a shell', () => {
    expect(commandLine(['--people', 'my faces', '--dataset', `it's`])).toBe(`npm run evaluate -- --people 'my faces' --dataset 'it'\\''s'`);
  });
});

describe('progressLine', () => {
  it('tells the time left from the pictures of this run alone', () => {
    let now = 0;
    const lines: string[] = [];
    const update = progressLine(1000, 500, { now: () => now, tty: false, write: (line) => lines.push(line) });
    now = 50_000;
    update(600);
    now = 51_000;
    update(610);
    update(1000);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/600 of 1,000, 3 min 20 s left\n$/);
    expect(lines[1]).toMatch(/1,000 of 1,000, done\n$/);
  });

  it('rewrites its line on a terminal', () => {
    const lines: string[] = [];
    progressLine(2, 0, { now: () => 0, tty: true, write: (line) => lines.push(line) })(1);
    expect(lines[0]).toMatch(/^\r/);
  });

  it('speaks of hours', () => {
    expect([0.4, 59, 60, 3600, 7260].map(duration)).toEqual(['0 s', '59 s', '1 min 0 s', '1 h 0 min', '2 h 1 min']);
  });
});

describe('protocolRates', () => {
  const [x, y, z] = [Float32Array.of(1, 0), Float32Array.of(0.8, 0.6), Float32Array.of(0, 1)];
  const embeddings = new Map<string, Float32Array | null>([
    ['a', x],
    ['b', y],
    ['c', z],
    ['d', null],
  ]);

  it('counts a pair without a face as refused', () => {
    const pairs = ['1', '2'].flatMap((fold) => [
      { fold, a: 'a', b: 'b', same: true },
      { fold, a: 'a', b: 'd', same: true },
      { fold, a: 'a', b: 'c', same: false },
    ]);
    const { withoutFace, folds, tar } = protocolRates({ name: 'x', pairs }, embeddings);
    expect(withoutFace).toBe(2);
    expect(folds?.accuracy).toBeCloseTo(2 / 3);
    expect(tar[0]?.tar).toBe(0.5);
  });

  it('does without folds and without strangers', () => {
    const { folds, equalErrorRate, tar } = protocolRates({ name: 'x', pairs: [{ fold: '1', a: 'a', b: 'b', same: true }] }, embeddings);
    expect([folds, equalErrorRate, tar]).toEqual([null, null, []]);
  });
});

const crowd = testCrowd({ pictures: Array.from({ length: 40 }, (_, i) => 1 + (i % 8)), spread: 0.1 });
const report = measure(crowd, { resamples: 20 });

describe('clusterPeople', () => {
  const shared = { fmr: 0.01, points: report.operatingPoints, thresholdsFrom: 'x', sdk: { cluster, thresholdAt } };

  it('takes people with enough usable pictures, and finds them again', () => {
    const { people, pictures, atThreshold, sweep, best } = clusterPeople(
      [...crowd, { file: 'n', identity: 'p4', embedding: null, reasons: [] }],
      { ...shared, minPictures: 6 },
    );
    expect([people, pictures]).toEqual([15, 105]);
    expect(atThreshold?.bcubed.f1).toBeGreaterThan(0.9);
    expect(sweep).toHaveLength(report.operatingPoints.length);
    expect(best?.bcubed.f1).toBe(Math.max(...sweep.map(({ bcubed }) => bcubed.f1)));
  });

  it('has no result where nobody has enough', () => {
    expect(clusterPeople(crowd, { ...shared, minPictures: 99 })).toMatchObject({ people: 0, atThreshold: null, sweep: [], best: null });
  });
});

describe('calibrations', () => {
  const origin = { model: 'm', modelVersion: '1.0.0', pipelineVersion: 1 };
  const calibration = toCalibration(origin, 'a crowd', report, calibrateFrames(crowd, { resamples: 5, repetitions: 2 }));

  it('go into a manifest, single and fused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'visavis-'));
    const path = join(folder, 'manifest.json');
    writeFileSync(path, JSON.stringify({ id: 'm', embedder: { embeddingSize: 8, operatingPoints: [], measurement: null } }));
    await writeIntoManifest(path, calibration);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    rmSync(folder, { recursive: true });
    const { operatingPoints, measurement, fused } = calibration;
    expect(manifest).toEqual({ id: 'm', embedder: { embeddingSize: 8, operatingPoints, measurement, fused } });
    expect(fused?.length).toBeGreaterThan(0);
    expect(describeCalibration(calibration, 'here')).toContain('written to here');
  });

  it('are accepted by the SDK', () => {
    const read = JSON.parse(toJson(calibration)) as unknown;
    assertCalibration(read);
    expect(calibrate(read, origin)).toEqual({
      operatingPoints: calibration.operatingPoints,
      measurement: calibration.measurement,
      fused: calibration.fused,
    });
  });
});
