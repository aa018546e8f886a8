import { expect, test } from 'vitest';
import { distance } from 'visavis';

test('distance', () => expect(distance(Float32Array.of(1, 0), Float32Array.of(0, 1))).toBeCloseTo(Math.SQRT2));
