import type { Pixels } from '../geometry/Pixels.js';
import type { FrameData } from '../shared/EngineService.js';
import { VisavisError } from '../shared/VisavisError.js';

/** Reads frames as RGBA through one canvas that is kept between frames. */
export class PixelReader {
  #context: OffscreenCanvasRenderingContext2D | null = null;

  /** Closes the frame, also when reading it fails. Throws `bad-image` for a picture without pixels. */
  read(frame: FrameData): Pixels {
    if (frame instanceof ImageData) return frame;
    try {
      const width = 'displayWidth' in frame ? frame.displayWidth : frame.width;
      const height = 'displayHeight' in frame ? frame.displayHeight : frame.height;
      if (!(width > 0 && height > 0)) {
        throw new VisavisError('bad-image', 'The picture has no pixels: wait until the video or image has loaded.');
      }
      const context = this.#canvasOf(width, height);
      context.clearRect(0, 0, width, height);
      context.drawImage(frame, 0, 0, width, height);
      return context.getImageData(0, 0, width, height);
    } finally {
      frame.close();
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
