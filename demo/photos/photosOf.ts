import type { Face, Photo } from './AlbumState.js';

/** The photos that some faces are in, each once. */
export function photosOf(faces: readonly Face[]): Photo[] {
  return [...new Set(faces.map(({ photo }) => photo))];
}
