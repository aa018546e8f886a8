/** The picture, or the live element, to look at. */
export type ImageSource =
  HTMLVideoElement | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | ImageBitmap | ImageData | VideoFrame | Blob;
