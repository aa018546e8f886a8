import Delaunator from 'delaunator';
import { FACE_OVAL } from '../../../src/geometry/faceOval.js';
import { drawSurface } from './drawSurface.js';
import { deform, LOWER_LIP, UPPER_LIP } from './deform.js';
import { move, project, unproject, type Place } from './project.js';
import { shade } from './shade.js';
import type { Canvas, Filmed, Motion, Picture, Vertex } from './types.js';

/** Rings around the face: how far out, how far behind the outline (in distances between the eyes), and how much they follow the head. */
const RINGS = [
  { out: 1.1, behind: 0.25, follows: 1 },
  { out: 1.3, behind: 0.6, follows: 0.95 },
  { out: 1.6, behind: 0.8, follows: 0.6 },
  { out: 2.1, behind: 1, follows: 0 },
] as const;

interface HeadPoint {
  readonly u: number;
  readonly v: number;
  readonly z: number;
  readonly follows: number;
}

/**
 * A head in space made of one picture: the face mesh with its depths, rings behind it for hair, ears and neck, textured with the picture
 * itself. It turns, comes closer, shuts its eyes and opens its mouth.
 */
export class HeadModel implements Filmed {
  /** Distance between the eyes, pixels. */
  readonly unit: number;
  readonly #points: HeadPoint[];
  readonly #triangles: Uint32Array;
  readonly #dark = new Set<number>();
  readonly #pivot: Place;
  readonly #mesh: Float32Array;

  /** @param mesh 468 × x, y, z in the picture's pixels */
  constructor(
    readonly picture: Picture,
    mesh: Float32Array,
  ) {
    const at = (i: number) => ({ u: mesh[3 * i], v: mesh[3 * i + 1], z: mesh[3 * i + 2] });
    const [right, left] = [at(33), at(263)];
    const unit = 0.7 * Math.hypot(left.u - right.u, left.v - right.v);
    this.unit = unit;
    this.#mesh = mesh;
    const depth = (right.z + left.z) / 2;
    const points: HeadPoint[] = Array.from({ length: 468 }, (_, i) => ({ ...at(i), z: at(i).z - depth, follows: 1 }));
    const center = { u: (right.u + left.u) / 2, v: (right.v + left.v) / 2 + 0.5 * unit };
    for (const { out, behind, follows } of RINGS) {
      for (const i of FACE_OVAL) {
        const { u, v, z } = points[i];
        const clamp = (value: number, size: number) => Math.min(Math.max(value, 0), size);
        points.push({
          u: clamp(center.u + out * (u - center.u), picture.width),
          v: clamp(center.v + out * (v - center.v), picture.height),
          z: z + behind * unit,
          follows,
        });
      }
    }
    this.#points = points;
    this.#pivot = { x: center.u, y: center.v, z: 1.1 * unit };
    // Triangulated with the mouth open, so that no triangle spans both lips.
    const open = points.map(({ u, v }, i) => {
      const offset = deform(mesh, i, { u, v }, unit, { blink: 0, mouth: 0.5 });
      return [u + offset.u, v + offset.v] as const;
    });
    this.#triangles = Delaunator.from(open).triangles;
    const inside = new Set([...UPPER_LIP, ...LOWER_LIP]);
    for (let t = 0; t < this.#triangles.length; t += 3) {
      if ([0, 1, 2].every((k) => inside.has(this.#triangles[t + k]))) this.#dark.add(t / 3);
    }
  }

  /**
   * A head between this one and another, of a picture of the same size: the shapes mixed, and on that shape the pictures.
   * @param share of the other, 0 … 1
   */
  blend(other: HeadModel, share: number): HeadModel {
    const mix = (a: number, b: number) => (1 - share) * a + share * b;
    const onMean = (head: HeadModel): Picture => {
      const { width, height, data } = this.picture;
      const size = width * height;
      const canvas = { width, height, data: data.slice(), depth: new Float32Array(size).fill(Infinity), lit: null, frontal: 0 };
      const points = head.#points.map(({ u, v, z }, i): Vertex => {
        const [a, b] = [this.#points[i], other.#points[i]];
        return { x: mix(a.u, b.u), y: mix(a.v, b.v), depth: z, u, v };
      });
      drawSurface(canvas, { points, triangles: this.#triangles }, head.picture);
      return canvas;
    };
    const [own, others] = [onMean(this), onMean(other)];
    const { width, height } = this.picture;
    return new HeadModel(
      { width, height, data: own.data.map((value, i) => mix(value, others.data[i])) },
      this.#mesh.map((value, i) => mix(value, other.#mesh[i])),
    );
  }

  draw(canvas: Canvas, motion: Motion): void {
    const { width, height } = this.picture;
    const places: Place[] = [];
    const points = this.#points.map(({ u, v, z, follows }, i): Vertex => {
      const offset = deform(this.#mesh, i, { u, v }, this.unit, motion);
      const still = unproject(u, v, z, this.picture);
      const place = unproject(u + offset.u, v + offset.v, z, this.picture);
      places[i] = move(place, this.#pivot, this.unit, motion);
      const moved = project(places[i], this.picture, motion.scale);
      const rest = project(still, this.picture, 1);
      const mix = (a: number, b: number) => b + follows * (a - b);
      return { x: mix(moved.x, rest.x), y: mix(moved.y, rest.y), depth: mix(moved.z, rest.z), u, v };
    });
    if (canvas.width !== width || canvas.height !== height) throw new RangeError('expected a canvas of the size of the picture');
    if (canvas.lit) {
      const lit = shade(places, this.#triangles, canvas, { scale: motion.scale, frontal: canvas.frontal });
      // What does not follow the head is the room behind it.
      points.forEach((point, i) => (point.lit = lit[i] * this.#points[i].follows));
    }
    drawSurface(canvas, { points, triangles: this.#triangles, dark: this.#dark }, this.picture);
  }
}
