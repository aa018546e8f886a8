import { thresholdAt, type OperatingPoint } from '../../src/index.js';
import type { EngineHost } from '../engine/EngineHost.js';
import { isPicturesFault } from '../engine/isPicturesFault.js';
import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { EMPTY, type AlbumStore, type Face, type LeftOut, type Photo } from './AlbumState.js';
import type { FaceSorter } from './FaceSorter.js';
import { isPicture } from './isPicture.js';
import { readFaces } from './readFaces.js';

/** Reads photos one after the other, keeps their faces in memory, and sorts them by person. */
export class AlbumDesk {
  #reading: AbortController | null = null;
  /** Of the model that read the faces: they are sorted by them also after the engine stopped. */
  #points: readonly OperatingPoint[] = [];
  /** The photo on which the engine failed last. */
  #failedOn = '';

  constructor(
    private readonly page: PageStore,
    private readonly album: AlbumStore,
    private readonly host: EngineHost,
    private readonly sorter: FaceSorter,
  ) {}

  /** Adds the pictures among these files to the album. */
  async take(files: readonly Photo[]): Promise<void> {
    if (this.#reading) {
      this.album.set({ note: 'The photos that you added while others were being read are not among these. Add them again.' });
      return;
    }
    const { photos: known, leftOut } = this.album.state;
    const seen = new Set([...known, ...leftOut].map(keyOf));
    const pictures = files.filter(({ file }) => isPicture(file));
    const fresh = pictures.filter((photo) => !seen.has(keyOf(photo)) && seen.add(keyOf(photo)));
    const photos = fresh.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
    this.album.set({ note: noteOn(files.length, pictures.length, photos.length) });
    if (photos.length === 0) return;

    const reading = (this.#reading = new AbortController());
    try {
      await this.#read(photos, reading.signal);
    } catch (error) {
      // What was read so far stays.
      const { progress } = this.album.state;
      const stopped = progress && `Stopped after ${progress.done} of ${progress.total} photos. Add them again to go on.`;
      if (stopped) this.album.set({ note: [stopped, this.album.state.note].filter(Boolean).join(' ') });
      if (!reading.signal.aborted) this.host.fail(error);
    } finally {
      this.#reading = null;
    }
    await this.sort();
  }

  /** Ends reading and keeps what there is. */
  cancel(): void {
    this.#reading?.abort(new Error('Reading was canceled.'));
  }

  clear(): void {
    this.cancel();
    for (const { thumbnail } of this.album.state.faces) URL.revokeObjectURL(thumbnail);
    this.album.set(EMPTY);
  }

  /** Sorts the faces anew at the page's strictness. */
  async sort(): Promise<void> {
    if (this.#reading) return;
    const { faces, leftOut } = this.album.state;
    if (faces.length === 0) {
      const some = leftOut.length > 0;
      this.album.set({ phase: some ? 'done' : 'empty', progress: null });
      if (some && this.album.state.note === '') this.album.set({ note: 'There are no faces to sort in these photos.' });
      return;
    }
    try {
      const labels = await this.sorter.sort(
        faces.map(({ embedding }) => embedding),
        thresholdAt(this.#points, this.page.state.compareFmr),
      );
      // Overtaken, or the album was changed meanwhile: whoever did that sorts it.
      if (!labels || this.album.state.faces !== faces) return;
      const people: Face[][] = [];
      faces.forEach((face, i) => (people[labels[i]!] ??= []).push(face));
      this.album.set({ phase: 'done', progress: null, people });
    } catch (error) {
      setNotice(this.page, 'engine', noticeOf(error));
      this.album.set({ phase: 'done', progress: null });
    }
  }

  async #read(photos: readonly Photo[], signal: AbortSignal): Promise<void> {
    const { album } = this;
    album.set({ phase: 'reading', progress: { done: 0, total: photos.length } });
    const verifier = await this.host.ready(signal);
    this.#points = verifier.info.operatingPoints;
    for (const [index, photo] of photos.entries()) {
      const faces = await attempt(
        () => readFaces(photo, verifier, signal),
        (error) => isPicturesFault(error) || (!signal.aborted && this.#failsAgain(photo)),
      );
      if (signal.aborted && typeof faces !== 'string') for (const { thumbnail } of faces) URL.revokeObjectURL(thumbnail);
      if (signal.aborted) throw signal.reason as Error;
      const { state } = album;
      album.set({
        progress: { done: index + 1, total: photos.length },
        ...(typeof faces === 'string'
          ? { leftOut: [...state.leftOut, { ...photo, reason: faces }] }
          : { photos: [...state.photos, photo], faces: [...state.faces, ...faces] }),
      });
    }
  }

  /** Whether the engine before this one failed on the same photo: then the photo is to blame, and would stop the album at it for ever. */
  #failsAgain(photo: Photo): boolean {
    const key = keyOf(photo);
    const again = key === this.#failedOn;
    this.#failedOn = key;
    return again;
  }
}

/** Cards and phones give the same name to one photo after another. */
function keyOf({ file, path }: Pick<Photo, 'file' | 'path'>): string {
  return JSON.stringify([path, file.size, file.lastModified]);
}

/** The faces, or why there are none. */
async function attempt(read: () => Promise<Face[]>, isItsFault: (error: unknown) => boolean): Promise<Face[] | LeftOut['reason']> {
  try {
    const faces = await read();
    return faces.length > 0 ? faces : 'no-face';
  } catch (error) {
    if (!isItsFault(error)) throw error;
    return 'unreadable';
  }
}

/** What became of a choice of files, where that is not plain to see. */
function noteOn(files: number, pictures: number, fresh: number): string {
  if (files === 0) return 'Nothing was found. Choose photos, or a folder of photos.';
  if (pictures === 0) return files === 1 ? 'This file isn’t a picture.' : `There’s no picture among these ${files} files.`;
  if (fresh === 0) return 'These photos are already here.';
  return '';
}
