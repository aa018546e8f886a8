import { createHash } from 'node:crypto';
import { linkSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrateFrames, measureVerification, describeCalibration, toCalibration, toJson } from 'visavis/evaluation';
import { assertCalibration, calibrate } from '../../src/client/calibrate.js';
import { testCrowd } from '../../src/evaluation/fixtures/testCrowd.js';
import { commandLine } from './commandLine.mjs';
import { parseOptions } from './parseOptions.mjs';
import { duration, progressLine } from './progressLine.mjs';
import { writeIntoManifest } from './writeIntoManifest.mjs';

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
    [['--people', 'x', '--arithmetic', 'int4'], /auto, int8, int16 or float32/],
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
    expect(commandLine(['--people', 'my faces', '--dataset', `it's`])).toBe(
      `npx visavis evaluate --people 'my faces' --dataset 'it'\\''s'`,
    );
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

  it('ends its line where the run ends midway, and only there', () => {
    const ended = (tty: boolean, ...shown: number[]) => {
      const texts: string[] = [];
      const line = progressLine(2, 0, { now: () => 0, tty, write: (text) => texts.push(text) });
      shown.forEach(line);
      const before = texts.length;
      line.end();
      return texts.slice(before);
    };
    expect(ended(true, 1)).toEqual(['\n']);
    expect([ended(true), ended(true, 1, 2), ended(false, 1)]).toEqual([[], [], []]);
  });

  it('speaks of hours', () => {
    expect([0.4, 59, 60, 3600, 7260].map(duration)).toEqual(['0 s', '59 s', '1 min 0 s', '1 h 0 min', '2 h 1 min']);
  });
});

const crowd = testCrowd({ pictures: Array.from({ length: 40 }, (_, i) => 1 + (i % 8)), spread: 0.1 });
const report = measureVerification(crowd, { resamples: 20 });

describe('calibrations', () => {
  const origin = { model: 'm', modelVersion: '1.0.0', pipelineVersion: 1 };
  const calibration = toCalibration(origin, 'a crowd', report, calibrateFrames(crowd, { resamples: 5, repetitions: 2 }));

  it('go into a manifest, single and fused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'visavis-'));
    const path = join(folder, 'manifest.json');
    writeFileSync(path, JSON.stringify({ id: 'm', files: [], embedder: { embeddingSize: 8, operatingPoints: [], measurement: null } }));
    const card = join(folder, 'MODEL_CARD.md');
    writeFileSync(card, '| License | MIT |\n| Accuracy | not measured: `npx visavis calibrate` measures it on pictures of yours |\n');
    await writeIntoManifest(path, { ...calibration, measurement: { ...calibration.measurement, dataset: 'another crowd' } });
    const integrity = await writeIntoManifest(path, calibration);
    expect(readdirSync(folder).sort()).toEqual(['MODEL_CARD.md', 'manifest.json']);
    const bytes = readFileSync(path);
    const manifest = JSON.parse(bytes.toString()) as unknown;
    expect(integrity).toBe(`sha256-${createHash('sha256').update(bytes).digest('base64')}`);
    expect(readFileSync(card, 'utf8')).toMatch(
      /^\| License \| MIT \|\n\| Accuracy \| measured by `npx visavis calibrate` on a crowd \([\d,]+ pairs of strangers\): refused [\d.]+ % at 1 false match in 10, .* \|\n$/,
    );
    rmSync(folder, { recursive: true });
    const { operatingPoints, measurement, fused } = calibration;
    expect(manifest).toEqual({ id: 'm', files: [], embedder: { embeddingSize: 8, operatingPoints, measurement, fused } });
    expect(fused?.length).toBeGreaterThan(0);
    expect(describeCalibration(calibration, 'here')).toContain('written to here');
  });

  it('are put in the place of a manifest, whole; a link stays one, and a broken one is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'visavis-'));
    const [path, before, link, broken] = ['manifest.json', 'before.json', 'link.json', 'broken.json'].map((name) => join(folder, name));
    const text = JSON.stringify({ id: 'm', files: [], embedder: { embeddingSize: 8 } });
    writeFileSync(path, text);
    // Another name of the same file sees whether that was written to.
    linkSync(path, before);
    symlinkSync('manifest.json', link);
    writeFileSync(broken, '{');
    try {
      await writeIntoManifest(link, calibration);
      expect(readFileSync(before, 'utf8')).toBe(text);
      expect(readFileSync(path, 'utf8')).toContain('"operatingPoints"');
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      await expect(writeIntoManifest(broken, calibration)).rejects.toThrow(broken);
      expect(readFileSync(broken, 'utf8')).toBe('{');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are accepted by the SDK', () => {
    const read = JSON.parse(toJson(calibration)) as unknown;
    assertCalibration(read);
    expect(calibrate(read, { ...origin, normalized: null })).toEqual({
      operatingPoints: calibration.operatingPoints,
      measurement: calibration.measurement,
      fused: calibration.fused,
      points: 'own',
      normalized: null,
    });
  });
});
