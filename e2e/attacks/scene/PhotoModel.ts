import { drawSurface } from './drawSurface.js';
import { move, project, type Place } from './project.js';
import { shade } from './shade.js';
import type { Canvas, Filmed, Motion, Picture, Vertex } from './types.js';

const CELLS = 14;

/** How a picture is bent: over a cylinder of this radius (in distances between the eyes; Infinity: flat), upright or lying. */
export interface Bend {
  readonly radius: number;
  readonly axis: 'upright' | 'lying';
}

/**
 * A printed or shown picture that is held before a camera: it turns, bends, comes closer. What it shows may change, as on a screen or
 * behind holes.
 */
export class PhotoModel implements Filmed {
  /**
   * @param shows the texture for a motion: the same one always for a print
   * @param part of the texture that is the print, pixels
   * @param answers how much of the light on it it gives back, against what its texture says: 1 for a print, little for a screen, which
   *   glows of itself
   */
  constructor(
    private readonly shows: (motion: Motion) => Picture,
    private readonly part: { left: number; top: number; right: number; bottom: number },
    private readonly unit: number,
    private readonly bend: Bend,
    private readonly behind: Picture,
    private readonly answers = 1,
  ) {}

  draw(canvas: Canvas, motion: Motion): void {
    canvas.data.set(this.behind.data);
    const { left, top, right, bottom } = this.part;
    const pivot: Place = { x: (left + right) / 2, y: (top + bottom) / 2, z: 0 };
    const points: Vertex[] = [];
    const places: Place[] = [];
    for (let j = 0; j <= CELLS; j++) {
      for (let i = 0; i <= CELLS; i++) {
        const [u, v] = [left + ((right - left) * i) / CELLS, top + ((bottom - top) * j) / CELLS];
        const place = this.#bent(u - pivot.x, v - pivot.y);
        const moved = move({ x: pivot.x + place.x, y: pivot.y + place.y, z: place.z }, pivot, this.unit, motion);
        places.push(moved);
        const { x, y, z } = project(moved, canvas, motion.scale);
        points.push({ x, y, depth: z, u, v });
      }
    }
    if (canvas.lit) {
      const lit = shade(places, TRIANGLES, canvas, { scale: motion.scale, frontal: canvas.frontal });
      points.forEach((point, i) => (point.lit = this.answers * lit[i]));
    }
    drawSurface(canvas, { points, triangles: TRIANGLES }, this.shows(motion));
  }

  /** The middle is nearest to the camera. */
  #bent(x: number, y: number): Place {
    const radius = this.bend.radius * this.unit;
    if (!Number.isFinite(radius)) return { x, y, z: 0 };
    const along = this.bend.axis === 'upright' ? x : y;
    const angle = Math.max(-1.4, Math.min(1.4, along / radius));
    const bent = radius * Math.sin(angle);
    const z = radius * (1 - Math.cos(angle));
    return this.bend.axis === 'upright' ? { x: bent, y, z } : { x, y: bent, z };
  }
}

const TRIANGLES = Array.from({ length: CELLS * CELLS }, (_, cell) => {
  const corner = Math.floor(cell / CELLS) * (CELLS + 1) + (cell % CELLS);
  return [corner, corner + 1, corner + CELLS + 1, corner + 1, corner + CELLS + 2, corner + CELLS + 1];
}).flat();
