import { describe, expect, it } from 'vitest';
import { fixture, pixelsOf } from '../../e2e/fixtures/pictures.js';
import { measureOcclusion as measure } from './measureOcclusion.js';
import { readOcclusionNetwork } from './occlusionNetwork.js';
import { OCCLUSION_WEIGHTS } from './occlusionWeights.js';

const NETWORK = readOcclusionNetwork(OCCLUSION_WEIGHTS);
const measureOcclusion = (crop: Float32Array) => measure(crop, NETWORK);

const FACES = ['person02-a-front', 'person04-b-window-left', 'person09-d-smile'];

/** What is drawn over an aligned crop of 160 × 160 pixels. */
type Draw = (context: OffscreenCanvasRenderingContext2D) => void;

async function measured(name: string, draw: Draw = () => undefined) {
  const bitmap = await createImageBitmap(await fixture(`golden/${name}.png`));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  draw(context);
  const { data } = pixelsOf(context.canvas.transferToImageBitmap());
  return measureOcclusion(Float32Array.from({ length: 160 * 160 * 3 }, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)] / 127.5 - 1));
}

const filled =
  (color: string, path: Draw): Draw =>
  (context) => {
    context.fillStyle = color;
    context.beginPath();
    path(context);
    context.fill();
  };

const mask = (color: string) =>
  filled(color, (context) => {
    context.moveTo(80, 84);
    context.bezierCurveTo(105, 84, 130, 95, 134, 105);
    context.bezierCurveTo(134, 140, 110, 162, 80, 162);
    context.bezierCurveTo(50, 162, 26, 140, 26, 105);
    context.bezierCurveTo(30, 95, 55, 84, 80, 84);
  });

const sunglasses = filled('#15130f', (context) => {
  context.roundRect(30, 62, 46, 30, 12);
  context.roundRect(84, 62, 46, 30, 12);
  context.rect(70, 66, 20, 5);
  context.rect(0, 68, 32, 4);
  context.rect(128, 68, 32, 4);
});

describe.each(FACES)('measureOcclusion of %s', (name) => {
  it('finds a bare face bare', async () => {
    expect((await measured(name)).occlusion).toBeLessThan(0.1);
  });

  it.each(['#e8ecef', '#8fb9d3', '#1b1b1f'])('finds nose and mouth below a mask, %s', async (color) => {
    const { hidden, occlusion } = await measured(name, mask(color));
    expect(occlusion).toBeGreaterThan(0.3);
    expect(Math.min(hidden.nose, hidden.mouth)).toBeGreaterThan(0.6);
    expect(Math.max(hidden.rightEye, hidden.leftEye)).toBeLessThan(0.4);
  });

  it('finds the eyes behind sunglasses', async () => {
    const { hidden, occlusion } = await measured(name, sunglasses);
    expect(occlusion).toBeGreaterThan(0.3);
    expect(Math.min(hidden.rightEye, hidden.leftEye)).toBeGreaterThan(0.6);
    expect(Math.max(hidden.nose, hidden.mouth)).toBeLessThan(0.4);
  });
});
