import { FACE_OVAL, type FaceReport, type Point } from '../../src/index.js';
import { prefersStill } from '../ui/prefersStill.js';
import type { Sighting } from './FrameLoop.js';

const COLORS = { good: '126, 231, 184', wait: '255, 200, 97', rest: '255, 255, 255' };

/** Draws the faces' outlines over the video and follows them smoothly. A task's progress runs along the outline as a brighter arc. */
export class FaceOutline {
  #context: CanvasRenderingContext2D | null = null;
  #target: Point[][] = [];
  #drawn: Point[][] = [];
  #good = false;
  #opacity = 0;
  #progress: number | null = null;
  #request = 0;
  #size = { width: 640, height: 480 };

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Shows what was seen, in a frame of this size. */
  show({ faces, hint }: Sighting, size: { width: number; height: number }): void {
    this.#size = size;
    this.#good = hint === 'ok';
    this.#target = faces.map(outlineOf);
    if (this.#drawn.length !== this.#target.length && this.#target.length > 0) this.#drawn = this.#target;
    if (this.#request === 0) this.#request = requestAnimationFrame(this.#step);
  }

  /** How much of a task is done, 0 … 1; null without a task. */
  setProgress(progress: number | null): void {
    this.#progress = progress;
  }

  clear(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#target = this.#drawn = [];
    this.#opacity = 0;
    this.#context?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  readonly #step = (): void => {
    const ease = prefersStill() ? 1 : 0.28;
    const there = this.#target.length > 0;
    this.#opacity += ((there ? 1 : 0) - this.#opacity) * ease;
    if (there) {
      this.#drawn = this.#drawn.map((points, i) =>
        points.map((p, j) => {
          const to = this.#target[i]![j]!;
          return { x: p.x + (to.x - p.x) * ease, y: p.y + (to.y - p.y) * ease };
        }),
      );
    }
    this.#draw();
    this.#request = there || this.#opacity > 0.01 ? requestAnimationFrame(this.#step) : 0;
  };

  #draw(): void {
    const { canvas } = this;
    const context = (this.#context ??= canvas.getContext('2d')!);
    const ratio = Math.min(window.devicePixelRatio, 2);
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    context.clearRect(0, 0, width, height);
    const scale = width / this.#size.width;
    for (const points of this.#drawn) this.#trace(context, points, scale, ratio);
  }

  #trace(context: CanvasRenderingContext2D, points: readonly Point[], scale: number, ratio: number): void {
    const path = smoothClosed(points, scale);
    const color = this.#good ? COLORS.good : COLORS.wait;
    const stroke = (rgb: string, alpha: number, width: number, dash: number[] = []) => {
      context.strokeStyle = `rgba(${rgb}, ${alpha * this.#opacity})`;
      context.lineWidth = width * ratio;
      context.setLineDash(dash);
      context.stroke(path);
    };
    context.lineCap = 'round';
    stroke('6, 24, 22', 0.28, 9);
    stroke(color, 0.22, 7);
    if (this.#progress === null) {
      // Dashes mean "not yet" for people who can't tell amber from green.
      stroke(color, 0.95, 2.5, this.#good ? [] : [10 * ratio, 9 * ratio]);
      return;
    }
    const length = perimeter(points) * scale;
    stroke(COLORS.rest, 0.55, 2);
    if (this.#progress > 0) stroke(color, 1, 5, [length * this.#progress, length * 2]);
  }
}

function outlineOf({ mesh }: FaceReport): Point[] {
  return FACE_OVAL.map((i) => ({ x: mesh[3 * i]!, y: mesh[3 * i + 1]! }));
}

function smoothClosed(points: readonly Point[], scale: number): Path2D {
  const path = new Path2D();
  const at = (i: number) => points[(i + points.length) % points.length]!;
  const middle = (i: number) => ({ x: ((at(i).x + at(i + 1).x) / 2) * scale, y: ((at(i).y + at(i + 1).y) / 2) * scale });
  path.moveTo(middle(-1).x, middle(-1).y);
  for (let i = 0; i < points.length; i++) path.quadraticCurveTo(at(i).x * scale, at(i).y * scale, middle(i).x, middle(i).y);
  path.closePath();
  return path;
}

function perimeter(points: readonly Point[]): number {
  return points.reduce((sum, p, i) => {
    const next = points[(i + 1) % points.length]!;
    return sum + Math.hypot(next.x - p.x, next.y - p.y);
  }, 0);
}
