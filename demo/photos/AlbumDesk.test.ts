import { expect, it } from 'vitest';
import type { EngineHost } from '../engine/EngineHost.js';
import { createPageStore } from '../state/PageState.js';
import { AlbumDesk } from './AlbumDesk.js';
import { createAlbumStore } from './AlbumState.js';
import type { FaceSorter } from './FaceSorter.js';

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
