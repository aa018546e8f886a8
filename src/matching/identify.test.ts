import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cohort } from '../shared/Cohort.js';
import type { OperatingPoint } from '../shared/Manifest.js';
import type { Template } from '../shared/Template.js';
import { cluster } from './cluster.js';
import { curveFor } from './curveFor.js';
import { distance } from './distance.js';
import { randomUnits } from './fixtures/randomUnits.js';
import { fmrForFpir } from './identificationRate.js';
import { Gallery, type GalleryEntry } from './Gallery.js';
import { identify } from './identify.js';
import { normalizedDistance } from './normalizedDistance.js';
import { thresholdAt } from './operatingCurve.js';

const point = (fmr: number, threshold: number): OperatingPoint => ({ fmr, threshold, fnmr: 0, fmrInterval: [0, 1], fnmrInterval: [0, 1] });
const operatingPoints = [point(1e-1, 1.3), point(1e-3, 1.1), point(1e-5, 0.9)];
const near = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));

/** A gallery in which some people have several entries, and a face to look for. */
const scene = fc
  .record({ seed: fc.integer(), entries: fc.integer({ min: 1, max: 60 }), people: fc.integer({ min: 1, max: 40 }) })
  .map(({ seed, entries, people }) => {
    const [face, ...rest] = randomUnits(entries + 1, 16, seed);
    return { face, gallery: rest.map((embedding, i): GalleryEntry => ({ id: `p${i % people}`, embedding })) };
  });

describe('identify', () => {
  it('finds what comparing with everyone finds', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 50 }), ({ face, gallery }, limit) => {
        const best = new Map<string, number>();
        for (const { id, embedding } of gallery) best.set(id, Math.min(best.get(id) ?? Infinity, distance(face, embedding)));
        const expected = [...best].map(([id, d]) => ({ id, distance: d, normalizedDistance: d })).sort((a, b) => a.distance - b.distance);

        const result = identify(face, gallery, { operatingPoints, candidates: limit });
        const threshold = thresholdAt(operatingPoints, fmrForFpir(1e-2, gallery.length));
        expect(result).toEqual({
          match: expected[0].distance <= threshold,
          id: expected[0].distance <= threshold ? expected[0].id : null,
          distance: expected[0].distance,
          normalizedDistance: expected[0].distance,
          extrapolated: false,
          threshold,
          fmr: fmrForFpir(1e-2, gallery.length),
          candidates: expected.slice(0, limit),
        });
        expect(identify(face, new Gallery(gallery), { operatingPoints, candidates: limit })).toEqual(result);
        expect(identify(face, [...gallery].reverse(), { operatingPoints, candidates: limit })).toEqual(result);
      }),
    );
  });

  it('decides as one comparison does where there is one entry', () => {
    const { threshold, fmr } = identify(near(0), [{ id: 'a', embedding: near(1) }], { fpir: 1e-3, operatingPoints });
    expect([threshold, fmr]).toEqual([1.1, 1e-3]);
  });

  it('gets stricter as the gallery grows: every entry counts, also of one person', () => {
    const thresholds = [1, 2, 10, 100, 900].map(
      (n) => identify(near(0), Array(n).fill({ id: 'a', embedding: near(1) }), { operatingPoints }).threshold,
    );
    expect([...thresholds].sort((a, b) => b - a)).toEqual(thresholds);
    expect(new Set(thresholds).size).toBe(thresholds.length);
  });

  it('matches at the threshold and below, and lists the closest anyway', () => {
    const gallery = [
      { id: 'far', embedding: near(2) },
      { id: 'close', embedding: near(0.5) },
    ];
    expect(identify(near(0), gallery, { operatingPoints })).toMatchObject({
      match: true,
      id: 'close',
      candidates: [{ id: 'close' }, { id: 'far' }],
    });
    expect(identify(near(-2), gallery, { operatingPoints })).toMatchObject({
      match: false,
      id: null,
      distance: distance(near(-2), near(2)),
    });
    const d = distance(near(0), near(1));
    for (const [threshold, match] of [
      [d, 'one'],
      [d - 1e-9, null],
    ] as const) {
      const curve = [point(1e-2, threshold)];
      expect(identify(near(0), [{ id: 'one', embedding: near(1) }], { operatingPoints: curve }).id).toBe(match);
    }
  });

  it('orders equally close people by id', () => {
    const gallery = ['b', 'B', 'a', 'ä', 'c'].map((id) => ({ id, embedding: near(1) }));
    const { id: match, candidates } = identify(near(0.9), gallery, { operatingPoints, candidates: 3 });
    expect([match, candidates.map(({ id }) => id)]).toEqual(['B', ['B', 'a', 'b']]);
  });

  it('takes a map of templates', () => {
    const template: Template = {
      format: 'visavis-template',
      formatVersion: 1,
      model: 'm',
      modelVersion: '1.0.0',
      pipelineVersion: 1,
      embedding: near(1),
      captures: 1,
      consistency: 1,
      createdAt: '2026-01-01T00:00:00Z',
    };
    const templates = new Map([
      ['ann', template],
      ['bo', { ...template, embedding: near(2) }],
    ]);
    expect(identify(near(1.9), templates, { operatingPoints }).id).toBe('bo');
    expect(identify(near(1.9), [{ id: 'ann', ...template }], { operatingPoints }).candidates).toHaveLength(1);
    templates.set('cy', { ...template, modelVersion: '2.0.0' });
    expect(() => identify(near(1.9), templates, { operatingPoints })).toThrow(
      expect.objectContaining({ code: 'template-incompatible', message: expect.stringContaining('entry 2 ("cy")') as string }),
    );
  });

  it('finds nobody in an empty gallery', () => {
    const nobody = {
      match: false,
      id: null,
      distance: null,
      normalizedDistance: null,
      extrapolated: false,
      threshold: thresholdAt(operatingPoints, 1e-2),
      fmr: 1e-2,
      candidates: [],
    };
    expect(identify(near(0), [], { operatingPoints })).toEqual(nobody);
    expect(identify(near(0), new Map(), { operatingPoints })).toEqual(nobody);
  });

  it('refuses what the data do not support, naming what they do', () => {
    const entry = { id: 'a', embedding: near(1) };
    const sizes = fc.integer({ min: 1, max: 3000 });
    const rates = fc.double({ min: -7, max: -0.01, noNaN: true }).map((e) => 10 ** e);
    const attempt = (fpir: number, size: number) => {
      try {
        identify(near(0), Array<GalleryEntry>(size).fill(entry), { fpir, operatingPoints });
        return null;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return error as RangeError;
      }
    };
    fc.assert(
      fc.property(rates, sizes, (fpir, size) => {
        const message = attempt(fpir, size)?.message;
        if (message === undefined) return;
        const [, from, to] = /between (\S+) and (\S+) for a gallery of/.exec(message)!.map(Number);
        expect(fpir < from || fpir > to).toBe(true);
        expect(attempt(from, size)).toBeNull();
        if (to < 1) expect(attempt(to, size)).toBeNull();
        const supported = /gallery of (\d+) to (\d+) entries/.exec(message);
        if (supported === null) expect(message).toContain('no gallery of any size');
        for (const n of supported?.slice(1).map(Number) ?? []) expect(attempt(fpir, Math.min(n, 20_000))).toBeNull();
        if (supported && fpir < from) expect(attempt(fpir, Number(supported[2]) + 1)).not.toBeNull();
      }),
      { numRuns: 60 },
    );
    expect(attempt(1e-2, 2000)?.message).toBe(
      'expected an fpir between 0.0199 and 1 for a gallery of 2000 entries, the range this model was measured at, got 0.01, which the model supports for a gallery of 1 to 1005 entries',
    );
    expect(attempt(1e-5, 1)).toBeNull();
  });

  it.each([
    ['no embedding', () => identify([1, 0] as unknown as Float32Array, [], { operatingPoints }), TypeError, /expected an embedding/],
    [
      'one of another length',
      () => identify(near(0), [{ id: 'a', embedding: Float32Array.of(1, 0, 0) }], { operatingPoints }),
      TypeError,
      /of 3 finite/,
    ],
    ['no gallery', () => identify(near(0), null as unknown as [], { operatingPoints }), TypeError, /expected a gallery.* got null/],
    ['no entry', () => identify(near(0), [undefined] as unknown as [], { operatingPoints }), TypeError, /entry 0: expected an id/],
    [
      'an entry without embedding',
      () => identify(near(0), [{ id: 'a' }] as unknown as [], { operatingPoints }),
      TypeError,
      /entry 0 \("a"\)/,
    ],
    [
      'an id that is no string',
      () => identify(near(0), [{ id: 1, embedding: near(0) }] as unknown as [], { operatingPoints }),
      TypeError,
      /got 1/,
    ],
    ['no operating points', () => identify(near(0), [], { operatingPoints: [] }), RangeError, /no operating points/],
    ['a rate of 0', () => identify(near(0), [], { operatingPoints, fpir: 0 }), RangeError, /above 0 and below 1, got 0/],
    ['no candidates', () => identify(near(0), [], { operatingPoints, candidates: 0 }), RangeError, /candidates, at least 1, got 0/],
  ] as const)('refuses %s', (_name, act, kind, message) => {
    expect(act).toThrow(kind);
    expect(act).toThrow(message);
  });
});

describe('callers without types', () => {
  const [a, b] = randomUnits(2, 16, 1) as [Float32Array, Float32Array];
  const nothing = undefined as never;
  const cohort = { meanOf: () => 0, embeddingSize: 8 } as unknown as Cohort;

  it.each([
    ['identify without a curve', () => identify(a, [{ id: 'b', embedding: b }], {} as never), /expected operating points, a list such as/],
    ['thresholdAt without a curve', () => thresholdAt(nothing, 1e-3), /expected operating points, a list such as/],
    ['normalizedDistance without a cohort', () => normalizedDistance(a, b, nothing), /expected a cohort, such as/],
    [
      'curveFor of a model without normalized distances',
      () => curveFor(null as never, { templateFrames: 1, probeFrames: 1 }),
      /expected verifier\.info/,
    ],
    ['cluster of nothing', () => cluster([undefined as never], { threshold: 1 }), /expected an embedding/],
    [
      'a cohort of another model',
      () => new Gallery([{ id: 'b', embedding: b }]).normalizedDistances(a, cohort),
      /16 values, got one for 8/,
    ],
  ])('are told what is missing: %s', (_, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });

  it('are told of options and cohorts that `prepare` does not take', async () => {
    const gallery = new Gallery([{ id: 'b', embedding: b }]);
    await expect(gallery.prepare(cohort, { sginal: AbortSignal.abort() } as never)).rejects.toThrow('the nearest is "signal"');
    await expect(gallery.prepare(cohort, new AbortController() as never)).rejects.toThrow(TypeError);
    await expect(gallery.prepare(cohort)).rejects.toThrow('16 values, got one for 8');
  });

  it('are told which rates a curve that ends at 1 supports', () => {
    const curve = [point(1, 2), point(1e-3, 1.1)];
    expect(() => identify(a, [{ id: 'b', embedding: b }], { operatingPoints: curve, fpir: 1e-6 })).toThrow(
      /expected an fpir between 0\.001\d* and 1 /,
    );
  });
});
