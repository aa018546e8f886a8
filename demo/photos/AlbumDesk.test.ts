import { expect, it, vi } from 'vitest';
import { VisavisError } from '../../src/index.js';
import type { EngineHost } from '../engine/EngineHost.js';
import { createPageStore } from '../state/PageState.js';
import { AlbumDesk } from './AlbumDesk.js';
import { createAlbumStore } from './AlbumState.js';
import type { FaceSorter } from './FaceSorter.js';
import { readFaces } from './readFaces.js';

vi.mock('./readFaces.js', () => ({ readFaces: vi.fn() }));

const photo = (name: string) => ({ file: new File(['x'], name, { type: 'image/jpeg' }), path: name });

it('says that photos which came while others were read are left out', async () => {
  const album = createAlbumStore();
  // The engine is still loading.
  const host = {
    ready: (signal: AbortSignal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
  } as unknown as EngineHost;
  const desk = new AlbumDesk(createPageStore(), album, host, {} as unknown as FaceSorter);
  const first = desk.take([photo('a.jpg')]);
  await desk.take([photo('b.jpg')]);
  expect(album.state).toMatchObject({ phase: 'reading', progress: { total: 1 } });
  expect(album.state.note).toMatch(/Add them again/);
  desk.cancel();
  await first;
  expect(album.state.note).toMatch(/^Stopped after 0 of 1 photos\. .*while others were being read/);
});

/** One face in each photo, but where `fails` says what is wrong with a photo or with the engine. */
function openDesk(fails: Readonly<Record<string, Error>>) {
  vi.mocked(readFaces).mockImplementation((one) => {
    const error = fails[one.path];
    const face = { photo: one, box: { x: 0, y: 0, width: 1, height: 1 }, embedding: new Float32Array([1]), thumbnail: '' };
    return error ? Promise.reject(error) : Promise.resolve([face]);
  });
  const album = createAlbumStore();
  const operatingPoints = [{ fmr: 1e-3, threshold: 1.1, fnmr: 0, fnmrInterval: [0, 0] }];
  const host = { ready: () => Promise.resolve({ info: { operatingPoints } }), fail: vi.fn() };
  const sort = vi.fn((embeddings: readonly Float32Array[]) => Promise.resolve(new Int32Array(embeddings.length)));
  // Its engine is not ready, as when it has just stopped.
  const desk = new AlbumDesk(createPageStore(), album, host as unknown as EngineHost, { sort } as unknown as FaceSorter);
  return { album, host, sort, desk };
}

it('sorts the faces that were read before the engine stopped', async () => {
  const stopped = new VisavisError('backend-unavailable', 'The engine stopped.');
  const { album, host, sort, desk } = openDesk({ 'c.jpg': stopped });
  await desk.take(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'].map(photo));
  expect(host.fail).toHaveBeenCalledExactlyOnceWith(stopped);
  expect(sort).toHaveBeenCalledExactlyOnceWith(expect.anything(), 1.1);
  expect(album.state).toMatchObject({ phase: 'done', people: [album.state.faces] });
  expect(album.state.faces).toHaveLength(2);
  expect(album.state.note).toMatch(/^Stopped after 2 of 4 photos/);
});

it.each([new Error('The tensor is disposed.'), new RangeError('Out of memory.')])(
  'takes no fault of the engine for one of the photo',
  async (fault) => {
    const { album, host, desk } = openDesk({ 'b.jpg': fault });
    const photos = ['a.jpg', 'b.jpg', 'c.jpg'].map(photo);
    await desk.take(photos);
    expect(host.fail).toHaveBeenCalledExactlyOnceWith(fault);
    expect(album.state.leftOut).toEqual([]);
    // They are read once the engine is there again.
    openDesk({});
    await desk.take(photos);
    expect(album.state.faces.map(({ photo: { path } }) => path)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  },
);

it.each([new DOMException('It is too large.', 'InvalidStateError'), new VisavisError('bad-image', 'It is none.')])(
  'leaves out a photo that something is wrong with, and goes on',
  async (fault) => {
    const { album, host, desk } = openDesk({ 'b.jpg': fault });
    await desk.take(['a.jpg', 'b.jpg', 'c.jpg'].map(photo));
    expect(host.fail).not.toHaveBeenCalled();
    expect(album.state.leftOut).toMatchObject([{ path: 'b.jpg', reason: 'unreadable' }]);
    expect(album.state.faces.map(({ photo: { path } }) => path)).toEqual(['a.jpg', 'c.jpg']);
  },
);

it('leaves out a photo on which the engine fails each time, and goes on', async () => {
  const fault = new WebAssembly.RuntimeError('unreachable');
  const { album, host, desk } = openDesk({ 'b.jpg': fault });
  const photos = ['a.jpg', 'b.jpg', 'c.jpg'].map(photo);
  await desk.take(photos);
  await desk.take(photos);
  expect(host.fail).toHaveBeenCalledExactlyOnceWith(fault);
  expect(album.state.leftOut).toMatchObject([{ path: 'b.jpg', reason: 'unreadable' }]);
  expect(album.state.faces.map(({ photo: { path } }) => path)).toEqual(['a.jpg', 'c.jpg']);
});
