import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { face, MODELS_URL, pixelsOf } from '../../e2e/fixtures/pictures.js';
import { FaceEngine } from './FaceEngine.js';

let engine: FaceEngine;
beforeAll(async () => {
  engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'wasm', ...ENGINE }, () => undefined);
});
afterAll(() => engine.dispose());

/** A person as an emoji shows one: areas of one color each. */
function drawn(skin: string): ImageData {
  const context = new OffscreenCanvas(640, 480).getContext('2d')!;
  const oval = (color: string, x: number, y: number, rx: number, ry: number) => {
    context.fillStyle = color;
    context.beginPath();
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    context.fill();
  };
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 640, 480);
  oval('#4a3222', 320, 200, 150, 150);
  oval(skin, 320, 250, 120, 150);
  for (const x of [270, 370]) {
    oval('#5b3d2a', x, 200, 30, 7);
    oval('#2b2019', x, 230, 15, 17);
  }
  oval('#c58c63', 320, 280, 22, 13);
  oval('#a5453c', 320, 332, 45, 14);
  return context.getImageData(0, 0, 640, 480);
}

describe('what is no face', () => {
  it.each(['#f2c59a', '#fcc21b', '#8a5a3c'])('does not pass the gate: a drawing with skin of %s', async (skin) => {
    const faces = await engine.analyze(drawn(skin), null);
    // The detector and the mesh take it for a face: else this proves nothing.
    expect(faces).toHaveLength(1);
    expect(faces[0].quality.reasons).toContain('not-a-face');
  });

  it('is none of the people of the fixtures', async () => {
    for (const name of [
      'person01-a-front',
      'person01-b-window-left',
      'person02-a-front',
      'person03-a-front',
      'person06-d-smile',
      'person08-a-front',
    ]) {
      const [{ quality }] = await engine.analyze(pixelsOf(await face(name)), null);
      expect(quality.reasons, name).not.toContain('not-a-face');
      expect(quality.flatness, name).toBeLessThan(0.2);
    }
  });
});
