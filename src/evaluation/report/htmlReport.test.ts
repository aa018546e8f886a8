import { describe, expect, it } from 'vitest';
import { measureClustering } from '../clustering/measureClustering.js';
import { measureProtocol } from '../protocols/measureProtocol.js';
import { calibrateFrames } from '../statistics/calibrateFrames.js';
import { compareTemplates } from '../statistics/compareTemplates.js';
import { discardCurves } from '../statistics/discardCurves.js';
import { gateWorth } from '../statistics/gateWorth.js';
import { measureVerification } from '../statistics/measureVerification.js';
import { testCrowd } from '../fixtures/testCrowd.js';
import type { Evaluation } from '../Evaluation.js';
import { valueAt } from './valueAt.js';
import { htmlReport } from './htmlReport.js';
import { textSummary } from './textSummary.js';
import { toCsv } from './toCsv.js';
import { toJson } from './toJson.js';

const NASTY = `<img src=x onerror=alert(1)>'"&.jpg`;

function evaluate(): Evaluation {
  const people = testCrowd({ pictures: Array.from({ length: 90 }, (_, i) => 1 + (i % 8)), spread: 0.3 });
  const samples = people.map((sample, i) => ({
    ...sample,
    file: i === 3 ? NASTY : sample.file,
    group: sample.identity < 'p2' ? 'one' : `</td><script>`,
    reasons: i % 7 === 0 ? ['blurred'] : [],
    measures: { score: (i * 7) % 10, yaw: i },
  }));
  const failed = { file: `${NASTY}.png`, identity: NASTY, embedding: null, reasons: [], error: 'The file <b> cannot be read.' };
  const report = measureVerification([...samples, failed], { resamples: 20, thresholds: [{ fmr: 1e-3, threshold: 0.7 }] });
  const pairs = samples.slice(1).map((sample, i) => {
    const before = samples[i];
    return { fold: String(i % 3), a: before.file, b: sample.file, same: before.identity === sample.identity };
  });
  return {
    format: 'visavis-evaluation',
    formatVersion: 1,
    dataset: `<i>People</i> & others`,
    command: `npm run evaluate -- --people '<b>'`,
    finished: '2026-01-02T03:04:05.000Z',
    version: '0.1.0',
    model: 'made-up',
    modelVersion: '1.0.0',
    pipelineVersion: 1,
    backend: 'wasm',
    build: 'relaxed',
    pictures: samples.length + 1,
    fromCache: 2,
    picturesPerSecond: 7.25,
    notes: [`${NASTY} was left out`],
    protocol: measureProtocol({ name: 'LFW protocol', pairs }, new Map(samples.map(({ file, embedding }) => [file, embedding]))),
    report,
    plain: null,
    cohort: null,
    fused: calibrateFrames(samples, { resamples: 10 }),
    discards: discardCurves(samples, { thresholds: [{ fmr: 1e-2, threshold: 0.6 }] }),
    gate: gateWorth(samples, { thresholds: [{ fmr: 1e-2, threshold: 0.6 }], resamples: 20 }),
    templates: compareTemplates(samples, { thresholds: report.operatingPoints, sizes: [3], repetitions: 1, resamples: 20 }),
    clusters: measureClustering(samples, {
      minPictures: 3,
      fmr: 0.03,
      points: report.operatingPoints,
      thresholdsFrom: 'the model’s operating points',
    }),
  };
}

const evaluation = evaluate();
const json = JSON.parse(toJson(evaluation)) as Evaluation;
const page = htmlReport(json, { thumbnails: new Map([[NASTY, 'data:image/jpeg;base64,AAAA']]) });
const numbers = [...page.matchAll(/<data value="([^"]*)" data-path="([^"]*)"\s*>([^<]*)<\/data\s*>/g)].map(([, value, path, shown]) => ({
  value: Number(value),
  path: path,
  shown: shown,
}));

describe('htmlReport', () => {
  it('shows the numbers of the JSON', () => {
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.length).toBe(page.match(/<data /g)?.length);
    for (const { path, value } of numbers) expect(value, path).toBe(valueAt(json, path));
  });

  it('writes them so that they read as what they are', () => {
    for (const { path, value, shown } of numbers) {
      if (/\d in [\d,]+$/.test(shown) || shown === 'all') continue;
      const read = Number(shown.replace(/[ ,%]/g, ''));
      const scaled = shown.includes('%') || (shown !== String(value) && /Interval\.0$|interval\.0$/.test(path)) ? 100 * value : value;
      expect(Math.abs(read - scaled), `${path}: ${value} as ${shown}`).toBeLessThanOrEqual(Math.max(0.0051, 0.06 * Math.abs(scaled)));
    }
  });

  it('has the numbers that matter', () => {
    const paths = numbers.map(({ path }) => path);
    for (const path of [
      'protocol.folds.accuracy',
      'report.equalErrorRate.rate',
      'report.operatingPoints.0.fnmr',
      'report.atThresholds.0.fmr',
      'report.failures.rate',
      'report.failures.enroll.count',
      'report.groups.cells.0.genuine.rates.0.rate',
      'report.worst.falseMatches.19.distance',
      'report.worst.falseNonMatches.19.distance',
      'fused.0.operatingPoints.0.threshold',
      'gate.at.0.gain',
      'gate.reasons.0.after.0',
      'templates.0.methods.3.at.0.gainInterval.1',
      'clusters.atThreshold.bcubed.f1',
      'clusters.best.bcubed.f1',
    ]) {
      expect(paths).toContain(path);
    }
  });

  it('escapes what files, groups and options are called', () => {
    expect(page).not.toMatch(/<img src=x|<script|<i>People|<b>'|file <b>/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;.jpg');
  });

  it('asks nobody for anything', () => {
    const links = [...page.matchAll(/(?:\ssrc=|\shref=|url\()["']?([^"'\s>)]*)/g)].map(([, link]) => link);
    expect(links.filter((link) => !link.startsWith('data:') && link !== 'x')).toEqual([]);
    expect(page).toContain(`default-src 'none'`);
    expect(page.match(/https?:\/\/[^"]*/g)?.every((link) => link === 'http://www.w3.org/2000/svg')).toBe(true);
  });

  it('says at the top that it shows people', () => {
    expect(page.indexOf('This file contains pictures of people')).toBeLessThan(page.indexOf('<svg'));
    const bare = htmlReport(json);
    expect(bare).not.toContain('<img');
    expect(bare).not.toContain('contains pictures of people');
    expect(bare).toContain('This file contains names of picture files');
  });

  it.each([[[1]], [[3]], [[2, 2]]])('holds with few people: %j', (pictures) => {
    const report = measureVerification(testCrowd({ pictures }), { resamples: 5 });
    const few = { ...json, report, protocol: null, clusters: null, fused: [] };
    expect(htmlReport(few)).toContain('<h2>Notes</h2>');
    expect(textSummary(few, { faceless: 0, unreadable: 0, refused: 0, reasons: {} })).toContain('Note: ');
  });

  it('holds without measured pairs', () => {
    expect(htmlReport({ ...json, report: null, fused: [], clusters: null })).toContain('the listed pairs');
  });
});

describe('a rate that was not counted', () => {
  const crowd = testCrowd({ pictures: new Array<number>(60).fill(2), size: 32, spread: 0.1 });
  const report = measureVerification(crowd, { resamples: 20, extrapolateTo: 1e-6 });
  const few = { ...json, report, protocol: null, clusters: null, fused: [], plain: null };
  const beyond = report.operatingPoints.filter(({ extrapolated }) => extrapolated);

  it('is called that wherever it stands', () => {
    expect(beyond.map(({ fmr }) => fmr)).toEqual(expect.arrayContaining([1e-3, 1e-6]));
    const html = htmlReport(few);
    expect(html).toContain('Refused at a false match rate of 1 in 1,000, extrapolated');
    expect(html.match(/<span class="sub">extrapolated<\/span>/g)).toHaveLength(beyond.length);
    expect(textSummary(few, { faceless: 0, unreadable: 0, refused: 0, reasons: {} })).toMatch(/TAR at FAR 1e-3 .*extrapolated/);
    const rows = toCsv(few).trim().split('\n');
    expect(rows.filter((row) => row.endsWith(',1'))).toHaveLength(beyond.length);
  });

  it('compares no groups', () => {
    const grouped = crowd.map((sample, i) => ({ ...sample, group: i % 2 ? 'a' : 'b' }));
    const { groups } = measureVerification(grouped, { resamples: 20, extrapolateTo: 1e-6 });
    expect(groups!.thresholds.map(({ fmr }) => fmr)).not.toContain(1e-3);
  });
});

describe('toCsv', () => {
  it('has a row for each point of each curve', () => {
    const [header, ...rows] = toCsv(json).trim().split('\n');
    expect(header).toBe('kind,template_frames,probe_frames,threshold,fmr,fmr_low,fmr_high,fnmr,fnmr_low,fnmr_high,extrapolated');
    const { operatingPoints, curve } = json.report!;
    const single = rows.filter((row) => row.split(',').slice(1, 3).join() === '1,1');
    expect(single).toHaveLength(operatingPoints.length + curve.length);
    const [first] = operatingPoints;
    expect(single[0]).toBe(
      ['operating-point', 1, 1, first.threshold, first.fmr, ...first.fmrInterval, first.fnmr, ...first.fnmrInterval, ''].join(','),
    );
    for (const row of rows) expect(row.split(',')).toHaveLength(11);
  });
});

describe('toJson', () => {
  it('keeps lists of numbers on one line, and all data', () => {
    expect(toJson({ a: [1, 2.5, -3e-7], b: ['[\n  1,\n  2\n]'], c: [[]] })).toBe(
      `{\n  "a": [1, 2.5, -3e-7],\n  "b": [\n    "[\\n  1,\\n  2\\n]"\n  ],\n  "c": [\n    []\n  ]\n}\n`,
    );
    expect(json).toEqual(JSON.parse(JSON.stringify(evaluation)));
  });
});

describe('textSummary', () => {
  it('has the lines that people compare', () => {
    const text = textSummary(json, { faceless: 1, unreadable: 0, refused: 2, reasons: { blurred: 2 } });
    for (const line of [
      'accuracy  ',
      'equal error rate',
      'TAR at FAR 1e-2',
      'TAR at FAR 1e-3',
      'without a face',
      'quality gate',
      '7.3 pictures/s',
    ]) {
      expect(text).toContain(line);
    }
  });
});
