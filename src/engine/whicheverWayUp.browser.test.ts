import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { cosine, face, MODELS_URL, pixelsOf } from '../../e2e/fixtures/pictures.js';
import { FaceDetector } from './FaceDetector.js';
import { FaceEngine } from './FaceEngine.js';
import { FaceMesher } from './FaceMesher.js';

const GATED = { select: 'only', gate: true, stream: null } as const;
const PEOPLE = [
  'person01-a-front',
  'person02-a-front',
  'person03-a-front',
  'person04-b-window-left',
  'person06-a-front',
  'person08-a-front',
];

let engine: FaceEngine;
const locate = vi.spyOn(FaceMesher.prototype, 'locate');
const detect = vi.spyOn(FaceDetector.prototype, 'detect');

beforeAll(async () => {
  engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'wasm', ...ENGINE }, () => undefined);
});
afterAll(async () => {
  await engine.dispose();
  locate.mockRestore();
  detect.mockRestore();
});

/** A picture turned clockwise by so many degrees about its middle, in a square as wide. */
async function turned(name: string, degrees: number): Promise<ImageData> {
  const picture = await face(name);
  const context = new OffscreenCanvas(picture.width, picture.width).getContext('2d')!;
  context.fillStyle = '#777';
  context.fillRect(0, 0, picture.width, picture.width);
  context.translate(picture.width / 2, picture.width / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return context.getImageData(0, 0, picture.width, picture.width);
}

describe('a face that is upside down in the picture', () => {
  it.each([150, 180, 210])('is turned back and embedded as if it were upright, at %i degrees', async (degrees) => {
    let embedded = 0;
    for (const name of PEOPLE) {
      const upright = await engine.look(await turned(name, 0), GATED);
      const { face: found, embedding } = await engine.look(await turned(name, degrees), GATED);
      // Refused, rather than taken the wrong way round, is right too.
      if (!embedding) {
        expect(found.quality.reasons, name).toContain('tilted');
        continue;
      }
      embedded++;
      expect(cosine(embedding, upright.embedding!), name).toBeGreaterThan(0.9);
      const off = Math.abs(((found.pose.roll - degrees + 540) % 360) - 180);
      expect(off, name).toBeLessThan(15);
    }
    expect(embedded).toBeGreaterThanOrEqual(PEOPLE.length / 2);
  });

  it('passes the gate, nearly always, and strangers are as unlike as they are upright', async () => {
    const pairs: { up: Float32Array; down: Float32Array }[] = [];
    for (const name of PEOPLE) {
      const up = await engine.look(await turned(name, 0), GATED);
      const down = await engine.look(await turned(name, 180), GATED);
      if (down.embedding) pairs.push({ up: up.embedding!, down: down.embedding });
    }
    expect(pairs.length).toBeGreaterThanOrEqual(PEOPLE.length - 1);
    pairs.forEach((a, i) => {
      for (const b of pairs.slice(0, i)) expect(cosine(a.down, b.down)).toBeLessThan(cosine(a.up, b.up) + 0.12);
    });
  });

  it('has its landmarks where they are in the picture', async () => {
    const { width } = await turned('person02-a-front', 0);
    const [upright] = await engine.analyze(await turned('person02-a-front', 0), null);
    const [down] = await engine.analyze(await turned('person02-a-front', 180), null);
    for (const name of ['rightEye', 'leftEye', 'nose', 'rightMouth', 'leftMouth'] as const) {
      const { x, y } = upright.landmarks[name];
      expect(Math.hypot(width - x - down.landmarks[name].x, width - y - down.landmarks[name].y), name).toBeLessThan(6);
    }
    expect(Math.abs(down.pose.roll)).toBeGreaterThan(170);
  });

  it('is followed as it lies', async () => {
    const stream = 7;
    // A face is followed for a second: not by this clock.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    onTestFinished(() => clock.mockRestore());
    const picture = await turned('person02-a-front', 180);
    await engine.analyze(picture, stream);
    detect.mockClear();
    locate.mockClear();
    const [followed] = await engine.analyze(picture, stream);
    expect(Math.abs(followed.pose.roll)).toBeGreaterThan(170);
    expect(detect).not.toHaveBeenCalled();
    expect(locate).toHaveBeenCalledTimes(1);
  });
});

describe('an upright face', () => {
  it('costs one mesh, found anew or followed', async () => {
    for (const name of PEOPLE) {
      const picture = pixelsOf(await face(name));
      locate.mockClear();
      await engine.analyze(picture, null);
      expect(locate, name).toHaveBeenCalledTimes(1);
    }
  });

  it('that lies on its side is refused as tilted, the mesh true', async () => {
    for (const degrees of [90, -90]) {
      const { face: found, embedding } = await engine.look(await turned('person02-a-front', degrees), GATED);
      expect(embedding).toBeNull();
      expect(found.quality.reasons).toContain('tilted');
      expect(Math.abs(found.pose.roll - degrees)).toBeLessThan(15);
    }
  });
});
