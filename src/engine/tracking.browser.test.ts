import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { face, MODELS_URL, cosine } from '../../e2e/fixtures/pictures.js';
import { FaceDetector } from './FaceDetector.js';
import { FaceEngine } from './FaceEngine.js';

let engine: FaceEngine;
let person: ImageBitmap;
let other: ImageBitmap;
const detect = vi.spyOn(FaceDetector.prototype, 'detect');
const clock = vi.spyOn(performance, 'now');
let now = 0;

/** A camera's frame: a person, shifted and turned, perhaps somebody else at the right. */
function frame({ x = 0, turn = 0, second = false, nobody = false } = {}): ImageData {
  const context = new OffscreenCanvas(640, 480).getContext('2d')!;
  context.fillRect(0, 0, 640, 480);
  if (!nobody) {
    context.translate(200 + x, 240);
    context.rotate(turn);
    context.drawImage(person, 160, 0, 320, 480, -160, -200, 320, 480);
    context.resetTransform();
  }
  if (second) context.drawImage(other, 160, 0, 320, 480, 380, 60, 240, 360);
  return context.getImageData(0, 0, 640, 480);
}
const look = (picture: ImageData, stream: number | null) => engine.look(picture, { select: 'only', gate: false, stream });

beforeAll(async () => {
  engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'wasm', ...ENGINE }, () => undefined);
  [person, other] = await Promise.all([face('person01-a-front'), face('person06-a-front')]);
});
afterAll(async () => {
  clock.mockRestore();
  await engine.dispose();
  detect.mockRestore();
});
beforeEach(() => {
  detect.mockClear();
  // A face is followed for a second, which passes between two tests, and within none.
  clock.mockReturnValue((now += 10_000));
});

describe('a stream of frames', () => {
  it('is searched for faces once in eleven frames, and gives nearly the same as frames by themselves', async () => {
    const views = Array.from({ length: 14 }, (_, i) => ({ x: 4 * i, turn: 0.02 * i }));
    for (const view of views) {
      const followed = await look(frame(view), 1);
      const alone = await look(frame(view), null);
      expect(cosine(followed.embedding!, alone.embedding!)).toBeGreaterThan(0.97);
      const { rightEye } = followed.face.landmarks;
      expect(Math.hypot(rightEye.x - alone.face.landmarks.rightEye.x, rightEye.y - alone.face.landmarks.rightEye.y)).toBeLessThan(2.5);
    }
    expect(detect).toHaveBeenCalledTimes(14 + 2);
  });

  it('finds a face that jumps, at once', async () => {
    await look(frame(), 2);
    const { face: found } = await look(frame({ x: 220 }), 2);
    const { face: alone } = await look(frame({ x: 220 }), null);
    expect(Math.abs(found.box.x - alone.box.x)).toBeLessThan(3);
    expect(detect).toHaveBeenCalledTimes(3);
  });

  it('says no-face as soon as nobody is there, and goes on searching', async () => {
    await look(frame(), 3);
    await expect(look(frame({ nobody: true }), 3)).rejects.toMatchObject({ code: 'no-face' });
    await expect(look(frame({ nobody: true }), 3)).rejects.toMatchObject({ code: 'no-face' });
    await look(frame(), 3);
    expect(detect).toHaveBeenCalledTimes(4);
  });

  it('sees a second person after ten frames at most, and follows both', async () => {
    await look(frame(), 4);
    let refused = 0;
    for (let i = 0; i < 13; i++) {
      await look(frame({ second: true }), 4).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'several-faces' });
        refused++;
      });
    }
    expect(refused).toBe(3);
    expect(detect).toHaveBeenCalledTimes(2);
  });

  it('is not mixed up with another', async () => {
    await look(frame(), 5);
    await look(frame(), 6);
    await look(frame(), 5);
    expect(detect).toHaveBeenCalledTimes(3);
  });

  it('comes with each frame as a small gray picture, which a picture by itself does not', async () => {
    const source = frame();
    const { face: found } = await look(source, 7);
    const { width, height, scale, data } = found.thumbnail!;
    expect([width, height, scale, data.length]).toEqual([96, 72, 0.15, 96 * 72]);
    const luminance = (i: number) => 0.299 * source.data[4 * i] + 0.587 * source.data[4 * i + 1] + 0.114 * source.data[4 * i + 2];
    /** The mean of what lies under an area of the thumbnail, away from its edges. */
    const mean = (left: number, top: number, size: number, across: number, at: (i: number) => number) => {
      let sum = 0;
      for (let y = top; y < top + size; y++) for (let x = left; x < left + size; x++) sum += at(y * across + x);
      return sum / size ** 2;
    };
    for (const [x, y] of [
      [24, 24],
      [30, 42],
      [36, 30],
      [72, 48],
    ] as const) {
      const small = mean(x, y, 6, width, (i) => data[i]);
      expect(Math.abs(small - mean(x / scale, y / scale, 40, 640, luminance))).toBeLessThan(6);
    }
    expect((await look(source, 7)).face.thumbnail).toEqual(found.thumbnail);
    expect((await look(source, null)).face.thumbnail).toBeNull();
    expect((await engine.analyze(source, 7))[0].thumbnail).toEqual(found.thumbnail);
  });
});
