import { describe } from '../../shared/describe.js';
import type { FrameData } from '../../shared/EngineService.js';
import { faultOfPixels } from '../../shared/faultOfPixels.js';
import { isA } from '../../shared/isA.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { endOfCamera } from '../camera/endedCameras.js';
import type { ImageSource } from './ImageSource.js';
import { isElement } from './isElement.js';
import { toPixels } from './toPixels.js';

/** Longest side of a picture that is handed on, pixels; larger ones are scaled down first, and coordinates scaled back up. */
const MAX_SIDE = 4096;
/** How many times longer one side may be than the other: of a thinner picture less than half a pixel is left once it is scaled down. */
const MAX_RATIO = 2 * MAX_SIDE;

export interface Frame {
  readonly data: FrameData;
  /** Multiply coordinates in `data` by this to get coordinates in the source. */
  readonly scale: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Takes a frame out of any source, of any window, upright (EXIF orientation applied). The source stays the caller's: elements, bitmaps and
 * frames are copied, never closed. Throws a TypeError for something that is no image source, `bad-image` for one without a readable
 * picture, and `aborted` or `camera-lost` for the element of a camera that is over.
 * @param asPixels for an engine that cannot read bitmaps and video frames
 */
export async function readSource(source: ImageSource, asPixels: boolean): Promise<Frame> {
  const size = sizeOf(source);
  const ended = isElement(source, 'HTMLVideoElement') && endOfCamera(source);
  if (ended) throw ended;
  if (size) assertReadable(size, source);
  const quick = size && longestSide(size) <= MAX_SIDE ? quickCopy(source, asPixels) : null;
  if (quick) return { data: quick, scale: 1 };
  const bitmap = await toBitmap(source);
  const scale = Math.max(1, longestSide(bitmap) / MAX_SIDE);
  const data = scale > 1 ? await shrink(bitmap, scale, source) : bitmap;
  return { data: asPixels ? toPixels(data) : data, scale };
}

/** Throws `bad-image` for a picture without pixels, or of a shape that cannot be scaled. */
function assertReadable({ width, height }: Size, source: ImageSource): void {
  const what = `The ${describe(source)}`;
  if (!(width > 0 && height > 0)) {
    throw new VisavisError('bad-image', `${what} has no pixels (${width} × ${height}): wait until it has loaded.`);
  }
  if (Math.max(width, height) / Math.min(width, height) > MAX_RATIO) {
    const advice = `one side may be at most ${MAX_RATIO} times as long as the other. Crop it first.`;
    throw new VisavisError('bad-image', `${what} is too thin (${width} × ${height}): ${advice}`);
  }
  if (isA(source, 'ImageData') && faultOfPixels(source) === 'size') {
    const advice = 'were they handed to another thread? Pass a copy.';
    throw new VisavisError('bad-image', `${what} of ${width} × ${height} pixels has ${source.data.length} values: ${advice}`);
  }
}

/** What the engine reads without a canvas: pixels as they are, or a reference to what a video shows. Null for other sources. */
function quickCopy(source: ImageSource, asPixels: boolean): FrameData | null {
  // Pixels of another storage or color space are converted by a bitmap.
  if (isA(source, 'ImageData')) return faultOfPixels(source) ? null : source;
  if (asPixels) return null;
  if (isA(source, 'VideoFrame')) return source.clone();
  if (!isElement(source, 'HTMLVideoElement') || typeof VideoFrame === 'undefined') return null;
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
    const what = isA(source, 'Blob') ? `The file (${source.type || 'of unknown type'})` : `The ${describe(source)}`;
    throw new VisavisError('bad-image', `${what} cannot be read as a picture.`, { cause });
  }
}

/** The bitmap, scaled down; the one given is closed. */
async function shrink(bitmap: ImageBitmap, scale: number, source: ImageSource): Promise<ImageBitmap> {
  const { width, height } = bitmap;
  try {
    assertReadable(bitmap, source);
    return await createImageBitmap(bitmap, {
      resizeWidth: Math.round(width / scale),
      resizeHeight: Math.round(height / scale),
      resizeQuality: 'high',
    });
  } catch (cause) {
    if (cause instanceof VisavisError) throw cause;
    const advice = `pass one whose sides are at most ${MAX_SIDE} pixels long.`;
    throw new VisavisError('bad-image', `This browser cannot scale a picture of ${width} × ${height} pixels down: ${advice}`, { cause });
  } finally {
    bitmap.close();
  }
}

/** The size in pixels; undefined for a Blob, whose size only decoding tells. Throws a TypeError for anything but a source. */
function sizeOf(source: ImageSource): Size | undefined {
  if (isA(source, 'Blob')) return undefined;
  if (isElement(source, 'HTMLVideoElement')) return { width: source.videoWidth, height: source.videoHeight };
  if (isElement(source, 'HTMLImageElement')) return { width: source.naturalWidth, height: source.naturalHeight };
  if (isA(source, 'VideoFrame')) return { width: source.displayWidth, height: source.displayHeight };
  if (isElement(source, 'HTMLCanvasElement') || isA(source, 'ImageBitmap') || isA(source, 'ImageData') || isA(source, 'OffscreenCanvas')) {
    return { width: source.width, height: source.height };
  }
  throw new TypeError(
    `expected a video, image or canvas element, an OffscreenCanvas, ImageBitmap, ImageData, VideoFrame or Blob, got ${describe(source)}`,
  );
}

function longestSide({ width, height }: Size): number {
  return Math.max(width, height);
}
