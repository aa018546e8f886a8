import type { Canvas, Picture, Surface } from './types.js';

/**
 * Draws a textured surface with a depth buffer: bilinear, the texture's coordinates interpolated along the screen (triangles are small).
 */
export function drawSurface(canvas: Canvas, { points, triangles, dark }: Surface, texture: Picture): void {
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [points[triangles[t]], points[triangles[t + 1]], points[triangles[t + 2]]];
    const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
    if (Math.abs(area) < 1e-6) continue;
    const left = Math.max(0, Math.ceil(Math.min(a.x, b.x, c.x) - 0.5));
    const right = Math.min(canvas.width - 1, Math.floor(Math.max(a.x, b.x, c.x) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(a.y, b.y, c.y) - 0.5));
    const bottom = Math.min(canvas.height - 1, Math.floor(Math.max(a.y, b.y, c.y) - 0.5));
    const isDark = dark?.has(t / 3) ?? false;
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const wb = ((x + 0.5 - a.x) * (c.y - a.y) - (c.x - a.x) * (y + 0.5 - a.y)) / area;
        const wc = ((b.x - a.x) * (y + 0.5 - a.y) - (x + 0.5 - a.x) * (b.y - a.y)) / area;
        const wa = 1 - wb - wc;
        if (wa < -1e-9 || wb < -1e-9 || wc < -1e-9) continue;
        const depth = wa * a.depth + wb * b.depth + wc * c.depth;
        const at = y * canvas.width + x;
        if (depth >= canvas.depth[at]) continue;
        canvas.depth[at] = depth;
        if (canvas.lit) canvas.lit[at] = wa * (a.lit ?? 0) + wb * (b.lit ?? 0) + wc * (c.lit ?? 0);
        if (isDark) canvas.data.set(INSIDE, 4 * at);
        else sample(texture, wa * a.u + wb * b.u + wc * c.u - 0.5, wa * a.v + wb * b.v + wc * c.v - 0.5, canvas.data, 4 * at);
      }
    }
  }
}

/** The inside of an open mouth. */
const INSIDE = [58, 26, 26, 255];

function sample({ width, height, data }: Picture, u: number, v: number, out: Uint8ClampedArray, at: number): void {
  const x = Math.min(Math.max(u, 0), width - 1.001);
  const y = Math.min(Math.max(v, 0), height - 1.001);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const [fx, fy] = [x - left, y - top];
  const p = (top * width + left) * 4;
  const q = p + width * 4;
  for (let c = 0; c < 3; c++) {
    out[at + c] = (1 - fy) * ((1 - fx) * data[p + c] + fx * data[p + 4 + c]) + fy * ((1 - fx) * data[q + c] + fx * data[q + 4 + c]);
  }
  out[at + 3] = 255;
}
