import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { face, MODELS_URL, pixelsOf } from '../../e2e/fixtures/pictures.js';
import { FaceEngine } from './FaceEngine.js';

const [WIDTH, HEIGHT] = [3200, 2400];
const PEOPLE = ['person01-a-front', 'person02-a-front', 'person03-a-front', 'person06-a-front', 'person08-a-front'];

let engine: FaceEngine;
beforeAll(async () => {
  engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'wasm', ...ENGINE }, () => undefined);
});
afterAll(() => engine.dispose());

/** A group photo: heads and shoulders whose faces are `share` of the picture's width, in a row, and the middles of the faces. */
async function group(share: number) {
  const context = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d')!;
  context.fillStyle = '#89a';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const middles: { x: number; y: number }[] = [];
  for (const [i, name] of PEOPLE.entries()) {
    const picture = await face(name);
    const [{ box }] = await engine.analyze(pixelsOf(picture), null);
    const scale = (share * WIDTH) / box.width;
    const cut = { x: box.x - 0.6 * box.width, y: box.y - 0.6 * box.height, width: 2.2 * box.width, height: 2.2 * box.height };
    const [x, y] = [((i + 0.5) / PEOPLE.length) * WIDTH, HEIGHT * (0.25 + 0.12 * i)];
    context.drawImage(
      ...([picture, cut.x, cut.y, cut.width, cut.height] as const),
      ...([x - (cut.width * scale) / 2, y - (cut.height * scale) / 2, cut.width * scale, cut.height * scale] as const),
    );
    middles.push({ x, y });
  }
  return { picture: context.getImageData(0, 0, WIDTH, HEIGHT), middles };
}

async function found(share: number, small: boolean) {
  const { picture, middles } = await group(share);
  const faces = await engine.analyze(picture, null, small);
  const hits = middles.filter(({ x, y }) =>
    faces.some(({ box }) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y) < 0.3 * share * WIDTH),
  );
  return { hits: hits.length, faces: faces.length };
}

describe('small faces', () => {
  it.each([1 / 28, 1 / 40])('of %f of the width are missed in the whole picture and found in tiles, each once', async (share) => {
    expect((await found(share, false)).hits).toBeLessThan(PEOPLE.length);
    expect(await found(share, true)).toEqual({ hits: PEOPLE.length, faces: PEOPLE.length });
  });

  it('leave large ones as they are found in the whole picture', async () => {
    const picture = pixelsOf(await face('person01-a-front'));
    const whole = await engine.embedAll(picture, null);
    const both = await engine.embedAll(picture, null, true);
    expect(both).toHaveLength(1);
    expect(both[0].embedding).toEqual(whole[0].embedding);
  });
});
