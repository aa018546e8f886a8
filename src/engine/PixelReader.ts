import type { Pixels } from '../geometry/Pixels.js';
import type { FrameData } from '../shared/EngineService.js';
import { isA } from '../shared/isA.js';
import { VisavisError } from '../shared/VisavisError.js';

/** Reads frames as RGBA: video frames straight into place where the browser can, others through one canvas that is kept. */
export class PixelReader {
  #context: OffscreenCanvasRenderingContext2D | null = null;

  /**
   * Closes the frame, also when reading it fails. Throws `bad-image` for a picture without pixels, and for one that this device can't read.
   * @param room gives a place for RGBA pixels
   */
  async read(frame: FrameData, room: (width: number, height: number) => Uint8Array): Promise<Pixels> {
    if (isA(frame, 'ImageData')) return frame;
    try {
      const width = 'displayWidth' in frame ? frame.displayWidth : frame.width;
      const height = 'displayHeight' in frame ? frame.displayHeight : frame.height;
      if (!(width > 0 && height > 0)) {
        throw new VisavisError('bad-image', 'The picture has no pixels: wait until the video or image has loaded.');
      }
      if (isPlainVideo(frame)) {
        const data = room(width, height);
        if (await copied(frame, data)) return { width, height, data };
      }
      const context = this.#canvasOf(width, height);
      context.clearRect(0, 0, width, height);
      context.drawImage(frame, 0, 0, width, height);
      return context.getImageData(0, 0, width, height);
    } catch (cause) {
      if (cause instanceof VisavisError) throw cause;
      throw new VisavisError('bad-image', `The picture could not be read (${String(cause)}): pass a smaller one.`, { cause });
    } finally {
      frame.close();
    }
  }

  /**
   * Reads a small picture once: a browser takes several times as long for what it does for the first time. Never rejects; what fails fails
   * again with the first picture.
   */
  async rehearse(): Promise<void> {
    try {
      await this.read(await createImageBitmap(new ImageData(8, 8)), () => new Uint8Array(0));
    } catch {
      // As above.
    }
  }

  #canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
    if (!this.#context) {
      this.#context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!this.#context) throw new VisavisError('bad-image', 'This browser gives no 2D canvas to read the picture with.');
    }
    const { canvas } = this.#context;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    return this.#context;
  }
}

/** A video frame that is shown as it is stored: copying knows nothing of rotation and pixel aspect, a canvas does. */
function isPlainVideo(frame: ImageBitmap | VideoFrame): frame is VideoFrame {
  if (!isA(frame, 'VideoFrame') || !frame.visibleRect) return false;
  const { visibleRect, displayWidth, displayHeight, format } = frame;
  // A browser that is too old to convert ignores the wish, and these are as long as RGBA: red and blue would be swapped, and nobody would know.
  if (format?.startsWith('BGR')) return false;
  // Younger than video frames themselves.
  const { rotation, flip } = frame as { rotation?: number; flip?: boolean };
  return visibleRect.width === displayWidth && visibleRect.height === displayHeight && !rotation && !flip;
}

/** False where the browser cannot convert to RGBA on the way. */
async function copied(frame: VideoFrame, data: Uint8Array): Promise<boolean> {
  const options = { format: 'RGBA', colorSpace: 'srgb' } as const;
  try {
    if (frame.allocationSize(options) !== data.byteLength) return false;
    const [layout] = await frame.copyTo(data, options);
    return layout?.offset === 0 && layout.stride === frame.displayWidth * 4;
  } catch {
    return false;
  }
}
