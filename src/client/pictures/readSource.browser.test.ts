import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blank, face, fixture, pixelsOf } from '../../../e2e/fixtures/pictures.js';
import { showsPicture } from '../../../e2e/fixtures/showsPicture.js';
import { assertEmbedding } from '../../shared/assertEmbedding.js';
import { faultOfPixels } from '../../shared/faultOfPixels.js';
import { isA } from '../../shared/isA.js';
import { isTypedArray } from '../../shared/isTypedArray.js';
import type { ImageSource } from './ImageSource.js';
import { readSource } from './readSource.js';
import { streamOf } from '../camera/streamOf.js';
import { assertFrameSource } from '../camera/timedFrames.js';

type Window = typeof globalThis;

/** What arrives at the engine, as 8-bit sRGB. */
async function arriving(source: ImageSource, asPixels = false): Promise<ImageData> {
  const { data } = await readSource(source, asPixels);
  if (isA(data, 'ImageData')) {
    expect(faultOfPixels(data)).toBeNull();
    return data;
  }
  const [width, height] = 'displayWidth' in data ? [data.displayWidth, data.displayHeight] : [data.width, data.height];
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(data, 0, 0);
  data.close();
  return context.getImageData(0, 0, width, height);
}

describe('readSource', () => {
  describe('pixels', () => {
    it('hands 8-bit sRGB on as it is', async () => {
      const pixels = blank();
      expect((await readSource(pixels, false)).data).toBe(pixels);
    });

    it.each([false, true])('converts 16-bit floats and other color spaces (as pixels: %s)', async (asPixels) => {
      const floats = (colorSpace: PredefinedColorSpace, values: number[]) => {
        const pixels = new ImageData(values.length / 4, 1, { colorSpace, pixelFormat: 'rgba-float16' });
        pixels.data.set(values);
        return pixels;
      };
      const p3 = new ImageData(1, 1, { colorSpace: 'display-p3' });
      p3.data.set([200, 50, 50, 255]);
      const cases: [ImageData, number[]][] = [
        // Out of range is clipped.
        [floats('srgb', [1, 0.5, 0, 1, 0.25, -1, 2, 1]), [255, 128, 0, 255, 64, 0, 255, 255]],
        [floats('display-p3', [200 / 255, 50 / 255, 50 / 255, 1]), [218, 24, 40, 255]],
        [p3, [218, 24, 40, 255]],
      ];
      for (const [source, expected] of cases) {
        const { data } = await arriving(source, asPixels);
        expect(isTypedArray(data, 'Uint8ClampedArray')).toBe(true);
        expected.forEach((value, i) => expect(Math.abs(data[i] - value), `value ${i} of ${[...data].join()}`).toBeLessThanOrEqual(1));
      }
    });

    it('refuses data that do not fill the picture', async () => {
      for (const settings of [{}, { pixelFormat: 'rgba-float16' }] as ImageDataSettings[]) {
        const pixels = new ImageData(64, 32, settings);
        structuredClone(null, { transfer: [pixels.data.buffer] });
        await expect(readSource(pixels, false)).rejects.toMatchObject({
          code: 'bad-image',
          plainMessage: 'The ImageData of 64 × 32 pixels has 0 values: were they handed to another thread? Pass a copy.',
        });
      }
    });
  });

  describe('shapes', () => {
    const canvas = (width: number, height: number) => {
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d');
      return canvas;
    };

    it.each([
      [8192, 1],
      [1, 8192],
      [10_000, 2],
    ])('scales %i × %i', async (width, height) => {
      const { data, scale } = await readSource(canvas(width, height), false);
      expect(scale).toBe(Math.max(width, height) / 4096);
      expect([(data as ImageBitmap).width, (data as ImageBitmap).height].sort()).toEqual([1, 4096]);
    });

    it.each<[string, () => ImageSource | Promise<ImageSource>]>([
      ['canvas', () => canvas(8193, 1)],
      ['pixels', () => new ImageData(1, 10_000)],
      ['bitmap', () => createImageBitmap(canvas(20_000, 2))],
      ['file', async () => canvas(1, 9000).convertToBlob()],
    ])('names the limit for a %s that is too thin', async (_name, make) => {
      await expect(readSource(await make(), false)).rejects.toMatchObject({
        code: 'bad-image',
        message: expect.stringMatching(/too thin \(\d+ × \d+\): one side may be at most 8192 times/) as string,
      });
    });

    it('names the limit for what the browser cannot scale', async () => {
      const real = globalThis.createImageBitmap;
      globalThis.createImageBitmap = ((source: ImageBitmapSource, options?: ImageBitmapOptions) =>
        options ? Promise.reject(new DOMException('too large', 'InvalidStateError')) : real(source)) as typeof createImageBitmap;
      try {
        await expect(readSource(canvas(5000, 5), false)).rejects.toMatchObject({
          code: 'bad-image',
          message: expect.stringMatching(/5000 × 5 pixels.*at most 4096 pixels/) as string,
        });
      } finally {
        globalThis.createImageBitmap = real;
      }
    });
  });

  describe('another window', () => {
    let frame: HTMLIFrameElement;
    let other: Window;
    beforeAll(async () => {
      frame = document.createElement('iframe');
      frame.src = '/e2e/fixtures/faces/person01-a-front.jpg';
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      other = frame.contentWindow as unknown as Window;
    });
    afterAll(() => frame.remove());

    it('takes its pictures of every kind', async () => {
      const blob = await fixture('faces/person01-a-front.jpg');
      const bitmap = await face('person01-a-front');
      const expected = pixelsOf(bitmap).data;
      const document = other.document;
      const image = document.createElement('img');
      image.src = URL.createObjectURL(blob);
      await image.decode();
      const canvas = document.createElement('canvas');
      const offscreen = new other.OffscreenCanvas(bitmap.width, bitmap.height);
      for (const target of [canvas, offscreen]) {
        target.width = bitmap.width;
        target.height = bitmap.height;
        (target.getContext('2d') as CanvasRenderingContext2D).drawImage(bitmap, 0, 0);
      }
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = canvas.captureStream(10);
      const playing = video.play();
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
      await playing;
      await showsPicture(video);
      const pixels = new other.ImageData(new other.Uint8ClampedArray(expected), bitmap.width);
      const videoFrame = new other.VideoFrame(canvas, { timestamp: 0 });
      const sources: Record<string, ImageSource> = {
        image,
        canvas,
        offscreen,
        video,
        pixels,
        videoFrame,
        blob: new other.Blob([blob]),
        file: new other.File([blob], 'face.jpg'),
        bitmap: await other.createImageBitmap(blob),
      };
      expect(Object.entries(sources).filter(([, source]) => source instanceof Object)).toEqual([]);
      for (const [name, source] of Object.entries(sources)) {
        const { data } = await arriving(source);
        expect(data, name).toHaveLength(expected.length);
        let difference = 0;
        for (let i = 0; i < data.length; i++) difference += Math.abs(data[i] - expected[i]) / data.length;
        // Videos pass through YUV.
        expect(difference, name).toBeLessThan(name.startsWith('video') ? 5 : 0.5);
      }
      expect(streamOf(video, undefined)).toBeGreaterThan(0);
      expect(streamOf(video, undefined)).toBe(streamOf(video, undefined));
      videoFrame.close();
      for (const track of video.srcObject.getTracks()) track.stop();
      URL.revokeObjectURL(image.src);
    });

    it('takes its arrays and cameras', () => {
      expect(() => assertEmbedding(new other.Float32Array([0.6, 0.8]))).not.toThrow();
      expect(() => assertEmbedding(new other.Float64Array([0.6, 0.8]))).toThrow(TypeError);
      expect(isTypedArray(new other.Uint8Array(2), 'Uint8Array')).toBe(true);
      expect(() => assertFrameSource({ frames: () => undefined })).not.toThrow();
      expect(() => assertFrameSource({ video: null })).toThrow(/expected a camera/);
    });

    it('does not take what only looks like a picture', async () => {
      const fakes = [
        { width: 2, height: 2, data: new Uint8ClampedArray(16) },
        Object.create(ImageData.prototype) as ImageData,
        { [Symbol.toStringTag]: 'ImageData' },
        other.document.createElement('audio'),
        null,
        'picture.jpg',
      ];
      for (const fake of fakes) await expect(readSource(fake as ImageSource, false)).rejects.toThrow(TypeError);
    });
  });
});
