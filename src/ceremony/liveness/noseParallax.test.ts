import { describe, expect, it } from 'vitest';
import { noseParallax } from './noseParallax.js';
import { syntheticFace } from './fixtures/syntheticFace.js';

/** Places every point of a mesh anew by where it is in the picture, in distances between the eyes from its middle. */
function redrawn(mesh: Float32Array, place: (x: number, y: number) => readonly [number, number]): Float32Array {
  return mesh.map((_, k) => {
    const i = Math.floor(k / 3);
    const [x, y] = place((mesh[3 * i] - 320) / 80, (mesh[3 * i + 1] - 240) / 80);
    return k % 3 === 0 ? 320 + 80 * x : k % 3 === 1 ? 240 + 80 * y : 0;
  });
}

describe('the parallax of the nose', () => {
  const { mesh } = syntheticFace();

  it('is what a head’s nose moves by, to the side that the head turns to', () => {
    const sine = Math.sin(Math.PI / 9);
    expect(noseParallax(mesh, syntheticFace({ yaw: 20 }).mesh).x).toBeCloseTo(0.45 * sine, 1);
    expect(noseParallax(mesh, syntheticFace({ yaw: -20 }).mesh).x).toBeCloseTo(-0.45 * sine, 1);
    expect(noseParallax(mesh, syntheticFace({ pitch: 20 }).mesh).y).toBeCloseTo(-0.45 * sine, 1);
  });

  it('is nothing for a face that moves without turning', () => {
    const { x, y } = noseParallax(mesh, syntheticFace({ right: 1, scale: 1.4 }).mesh);
    expect(Math.hypot(x, y)).toBeLessThan(1e-3);
  });

  it('is nearly nothing for a picture that is turned, with perspective', () => {
    for (const degrees of [-50, -30, 30, 50]) {
      const [s, c] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
      // Seen from 7 distances between the eyes.
      const turned = redrawn(mesh, (x, y) => [(7 * c * x) / (7 + s * x), (7 * y) / (7 + s * x)]);
      const { x, y } = noseParallax(mesh, turned);
      expect(Math.hypot(x, y)).toBeLessThan(0.02);
    }
  });

  it('is small for a picture that is bent over a cylinder and turned', () => {
    for (const degrees of [-30, 30]) {
      const angle = (degrees * Math.PI) / 180;
      const radius = 1.6;
      const bent = (a: number) => redrawn(mesh, (x, y) => [radius * (Math.sin(x / radius + a) - Math.sin(a)), y]);
      const { x, y } = noseParallax(bent(0), bent(angle));
      expect(Math.hypot(x, y)).toBeLessThan(0.05);
    }
  });
});
