import { describe } from '../shared/describe.js';
import type { FrameData } from '../shared/EngineService.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { ImageSource } from './ImageSource.js';

/** Longest side of a picture that is handed on; larger ones are scaled down first, and coordinates scaled back up. */
const MAX_SIDE = 4096;

export interface Frame {
  readonly data: FrameData;
  /** Multiply coordinates in `data` by this to get coordinates in the source. */
  readonly scale: number;
}

/**
 * Takes a frame out of any source, upright (EXIF orientation applied). The source stays the caller's: elements, bitmaps and frames are
 * copied, never closed. Throws a TypeError for something that is no image source and `bad-image` for one without a readable picture.
 */
export async function readSource(source: ImageSource, asPixels: boolean): Promise<Frame> {
  const size = sizeOf(source);
  if (size && !(size.width > 0 && size.height > 0)) {
    throw new VisavisError(
      'bad-image',
      `The ${describe(source)} has no pixels (${size.width} × ${size.height}): wait until it has loaded.`,
    );
  }
  if (source instanceof ImageData && Math.max(source.width, source.height) <= MAX_SIDE) return { data: source, scale: 1 };
  if (isVideoFrame(source) && !asPixels && Math.max(size!.width, size!.height) <= MAX_SIDE) return { data: source.clone(), scale: 1 };
  const frame = asPixels ? null : toVideoFrame(source);
  if (frame && Math.max(size!.width, size!.height) <= MAX_SIDE) return { data: frame, scale: 1 };
  frame?.close();
  const bitmap = await toBitmap(source);
  const longest = Math.max(bitmap.width, bitmap.height);
  const scale = longest > MAX_SIDE ? longest / MAX_SIDE : 1;
  const data = scale > 1 ? await shrink(bitmap, scale) : bitmap;
  return { data: asPixels ? toPixels(data) : data, scale };
}

/** The quickest copy of what a video shows: the engine reads it without a canvas. Null for other sources, and where the browser cannot. */
function toVideoFrame(source: ImageSource): VideoFrame | null {
  if (!(source instanceof HTMLVideoElement) || typeof VideoFrame === 'undefined') return null;
  try {
    return new VideoFrame(source);
  } catch {
    return null;
  }
}

async function toBitmap(source: ImageSource): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source);
  } catch (cause) {
    const what = source instanceof Blob ? `The file (${source.type || 'of unknown type'})` : `The ${describe(source)}`;
    throw new VisavisError('bad-image', `${what} cannot be read as a picture.`, { cause });
  }
}

async function shrink(bitmap: ImageBitmap, scale: number): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(bitmap, {
      resizeWidth: Math.round(bitmap.width / scale),
      resizeHeight: Math.round(bitmap.height / scale),
      resizeQuality: 'high',
    });
  } finally {
    bitmap.close();
  }
}

/** For engines on the main thread of browsers without OffscreenCanvas. */
function toPixels(bitmap: ImageBitmap): ImageData {
  try {
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new VisavisError('bad-image', 'This browser gives no 2D canvas to read the picture with.');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  } catch (cause) {
    throw cause instanceof DOMException && cause.name === 'SecurityError' ? foreignPicture(cause) : cause;
  } finally {
    bitmap.close();
  }
}

/** The error for a picture that the browser shows but does not let pages read. */
export function foreignPicture(cause: unknown): VisavisError {
  const advice = 'load it with crossorigin="anonymous" from a server that sends CORS headers.';
  return new VisavisError('bad-image', `The picture comes from another origin, which did not allow reading it: ${advice}`, { cause });
}

/** The size in pixels; undefined for a Blob, whose size only decoding tells. Throws a TypeError for anything but a source. */
function sizeOf(source: ImageSource): { width: number; height: number } | undefined {
  if (source instanceof Blob) return undefined;
  if (source instanceof HTMLVideoElement) return { width: source.videoWidth, height: source.videoHeight };
  if (source instanceof HTMLImageElement) return { width: source.naturalWidth, height: source.naturalHeight };
  if (isVideoFrame(source)) return { width: source.displayWidth, height: source.displayHeight };
  if (
    source instanceof HTMLCanvasElement ||
    source instanceof ImageBitmap ||
    source instanceof ImageData ||
    (typeof OffscreenCanvas !== 'undefined' && source instanceof OffscreenCanvas)
  ) {
    return { width: source.width, height: source.height };
  }
  throw new TypeError(
    `expected a video, image or canvas element, an OffscreenCanvas, ImageBitmap, ImageData, VideoFrame or Blob, got ${describe(source)}`,
  );
}

function isVideoFrame(source: unknown): source is VideoFrame {
  return typeof VideoFrame !== 'undefined' && source instanceof VideoFrame;
}
