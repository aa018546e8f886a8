import type { Box } from '../../src/index.js';
import { Store } from '../state/Store.js';

export interface Photo {
  readonly file: File;
  /** Below the chosen folder, or the bare name. */
  readonly path: string;
}

/** A face that was found in a photo. */
export interface Face {
  readonly photo: Photo;
  /** In pixels of the photo. */
  readonly box: Box;
  readonly embedding: Float32Array;
  /** Object URL of a small square picture of the face; revoked when the album is cleared. */
  readonly thumbnail: string;
}

/** A photo that gave no face to sort, and why. */
export interface LeftOut {
  readonly file: File;
  readonly path: string;
  readonly reason: 'unreadable' | 'no-face';
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface AlbumState {
  readonly phase: 'empty' | 'reading' | 'done';
  /** Only while reading. */
  readonly progress: Progress | null;
  /** Photos with faces, in the order they were read. */
  readonly photos: readonly Photo[];
  readonly faces: readonly Face[];
  readonly leftOut: readonly LeftOut[];
  /** Faces by person, the person with most faces first. */
  readonly people: readonly (readonly Face[])[];
  /** What to tell about the last choice of files; empty where there is nothing to tell. */
  readonly note: string;
}

export type AlbumStore = Store<AlbumState>;

export const EMPTY: AlbumState = { phase: 'empty', progress: null, photos: [], faces: [], leftOut: [], people: [], note: '' };

export function createAlbumStore(): AlbumStore {
  return new Store<AlbumState>(EMPTY);
}
