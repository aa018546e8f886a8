import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PixelReader } from './PixelReader.js';

/** A frame of 2 × 1 pixels, of a browser that copies pixels as they are stored, whatever format is asked for. */
class OldVideoFrame {
  readonly visibleRect = { width: 2, height: 1 };
  readonly displayHeight = 1;
  readonly close = vi.fn();
  constructor(readonly format: string) {}
  get displayWidth() {
    return 2;
  }
  allocationSize = () => 8;
  copyTo(data: Uint8Array) {
    data.fill(1);
    return Promise.resolve([{ offset: 0, stride: 8 }]);
  }
}

/** What a canvas reads, or fails with. */
const read = vi.fn<() => unknown>();

beforeEach(() => {
  const getContext = () => ({ canvas: {}, clearRect: () => undefined, drawImage: () => undefined, getImageData: read });
  const OffscreenCanvas = function () {
    return { getContext };
  };
  vi.stubGlobal('OffscreenCanvas', OffscreenCanvas);
  vi.stubGlobal('VideoFrame', OldVideoFrame);
});
afterEach(() => {
  vi.unstubAllGlobals();
  read.mockReset();
});

const readFrame = (frame: OldVideoFrame) =>
  new PixelReader().read(frame as unknown as VideoFrame, (width, height) => new Uint8Array(4 * width * height));

it.each(['RGBA', 'RGBX'])('copies a frame that is stored as %s', async (format) => {
  expect(await readFrame(new OldVideoFrame(format))).toMatchObject({ width: 2, height: 1, data: new Uint8Array(8).fill(1) });
  expect(read).not.toHaveBeenCalled();
});

it.each(['BGRA', 'BGRX'])(
  'lets a canvas read a frame that is stored as %s, which would be copied with red and blue swapped',
  async (format) => {
    read.mockReturnValue('drawn');
    const frame = new OldVideoFrame(format);
    expect(await readFrame(frame)).toBe('drawn');
    expect(frame.close).toHaveBeenCalledOnce();
  },
);

it('says what to do where the device cannot read the picture', async () => {
  const cause = new RangeError('Out of memory at ImageData creation');
  read.mockImplementation(() => {
    throw cause;
  });
  const frame = new OldVideoFrame('BGRA');
  await expect(readFrame(frame)).rejects.toMatchObject({
    code: 'bad-image',
    message: expect.stringMatching(/could not be read.*Out of memory.*a smaller one/) as string,
    cause,
  });
  expect(frame.close).toHaveBeenCalledOnce();
});
