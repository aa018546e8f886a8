import { expect, it } from 'vitest';
import { distance, identityOf, operatingPoints } from './operatingPoints.mjs';

/** People spread over a circle, pictures spread around each. */
function crowd(people: number, pictures: number) {
  return Array.from({ length: people * pictures }, (_, i) => {
    const person = Math.floor(i / pictures);
    const angle = (2 * Math.PI * person) / people + 0.004 * Math.sin(i * 12.9898) * person;
    return { identity: `p${person}`, embedding: Float32Array.of(Math.cos(angle), Math.sin(angle)) };
  });
}

it('reads people from file names', () => {
  expect(['Ann_Lee_0001.jpg', 'x/Bo_0012.png', 'person03-a.jpg'].map(identityOf)).toEqual(['Ann_Lee', 'Bo', 'person03-a.jpg']);
});

it('counts all pairs, and each point keeps its promise on the raw scores', () => {
  const samples = crowd(60, 4);
  const { operatingPoints: points, measurement } = operatingPoints(samples);
  expect(measurement).toMatchObject({ identities: 60, genuinePairs: 60 * 6, impostorPairs: (240 * 239) / 2 - 360 });
  expect(points.map((p) => p.fmr)).toEqual([1e-1, 3e-2, 1e-2, 3e-3]); // 28,320 impostor pairs support no smaller rate
  for (const { fmr, threshold, fnmr, fmrInterval, fnmrInterval } of points) {
    let [impostors, accepted, genuine, refused] = [0, 0, 0, 0];
    samples.forEach((a, i) =>
      samples.slice(0, i).forEach((b) => {
        const d = distance(a.embedding, b.embedding);
        if (a.identity === b.identity) {
          genuine++;
          refused += Number(d > threshold);
        } else {
          impostors++;
          accepted += Number(d <= threshold);
        }
      }),
    );
    expect(accepted / impostors).toBeLessThanOrEqual(fmr * 1.01);
    expect(accepted / impostors).toBeGreaterThan(fmr * 0.5);
    expect(fnmr).toBeCloseTo(refused / genuine, 5);
    expect(fmrInterval[0]).toBeLessThanOrEqual(fmr * 1.01);
    expect(fmrInterval[1]).toBeGreaterThanOrEqual((accepted / impostors) * 0.99);
    expect(fnmrInterval[0]).toBeLessThanOrEqual(fnmr + 1e-6);
    expect(fnmrInterval[1]).toBeGreaterThanOrEqual(fnmr - 1e-6);
  }
});

it('is the same every time', () => {
  const samples = crowd(30, 3);
  expect(operatingPoints(samples)).toEqual(operatingPoints(samples));
});
