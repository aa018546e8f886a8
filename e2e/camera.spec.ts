import { expect, test, type Frame, type Page } from '@playwright/test';
import { newProfile, visit, type FakeCamera } from './launch.js';
import { openSite } from './site.js';

const PLAIN = 'examples/plain.html';

/** Opens a page that uses the built library, before a camera. `headers` are those of every answer; by default none. */
async function before(
  camera: FakeCamera,
  act: (page: Page, url: string) => Promise<void>,
  headers: Record<string, string> = {},
): Promise<void> {
  const site = await openSite({ plain: true, headers });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, camera);
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}${PLAIN}`);
    await act(page, site.url);
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
}

/** What `openCamera` says in that page. */
function tryToOpen(frame: Page | Frame, deviceId = '') {
  return frame.evaluate(async (id) => {
    const path = '/dist/visavis.js';
    const { openCamera } = (await import(/* @vite-ignore */ path)) as typeof import('../src/index.js');
    try {
      (await openCamera({ deviceId: id })).stop();
      return { code: 'open', message: '' };
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return { code, message };
    }
  }, deviceId);
}

test('whatever pauses or moves the video, verify gets its frames; a camera that is stopped says so', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    const outcomes = await page.evaluate(async () => {
      const path = '/dist/visavis.js';
      const sdk = (await import(/* @vite-ignore */ path)) as typeof import('../src/index.js');
      const verifier = await sdk.createFaceVerifier({ modelsUrl: '/public/models/' });
      const camera = await sdk.openCamera();
      const template = await verifier.enroll(camera.frames({ limit: 2 }));
      const verify = async () => {
        try {
          const { match, frames } = await verifier.verify(camera.frames({ limit: 3 }), template);
          return `${match} ${frames}`;
        } catch (error) {
          return (error as { code: string }).code;
        }
      };
      const soon = (act: () => void) => setTimeout(act, 50);
      const out: Record<string, string> = {};
      document.body.append(camera.video);
      soon(() => camera.video.remove());
      out.removed = await verify();
      out.removedBefore = await verify();
      camera.video.pause();
      out.paused = await verify();
      soon(() => camera.video.pause());
      out.pausedMeanwhile = await verify();
      soon(() => document.body.prepend(camera.video));
      out.moved = await verify();
      soon(() => camera.stop());
      out.stopped = await verify();
      out.afterwards = await verify();
      verifier.dispose();
      return out;
    });
    const seen = 'true 3';
    expect(outcomes).toEqual({
      ...{ removed: seen, removedBefore: seen, paused: seen, pausedMeanwhile: seen, moved: seen },
      ...{ stopped: 'aborted', afterwards: 'aborted' },
    });
  });
});

test('the chosen camera, or an error that says so', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    const own = await page.evaluate(async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.find(({ kind }) => kind === 'videoinput')!.deviceId;
    });
    expect(await tryToOpen(page, own)).toMatchObject({ code: 'open' });
    expect(await tryToOpen(page, 'gone')).toMatchObject({
      code: 'camera-missing',
      message: expect.stringContaining('The chosen camera is not there'),
    });
  });
});

test('a frame or a page without the permission is told who has to give it', async () => {
  const films = { films: 'person01-a-front' };
  await before(films, async (page, url) => {
    const elsewhere = `${url.replace('127.0.0.1', 'localhost')}${PLAIN}`;
    for (const [allow, outcome] of [
      ['', { code: 'camera-denied', message: expect.stringContaining('iframe the attribute allow="camera"') as unknown }],
      ['camera', { code: 'open', message: '' }],
    ] as const) {
      await page.evaluate(
        ({ src, policy }) => document.body.replaceChildren(Object.assign(document.createElement('iframe'), { allow: policy, src })),
        { src: elsewhere, policy: allow },
      );
      const element = await page.waitForSelector('iframe');
      const frame = (await element.contentFrame())!;
      await frame.waitForURL(elsewhere);
      expect(await tryToOpen(frame)).toEqual(outcome);
    }
  });
  await before(
    films,
    async (page) => {
      expect(await tryToOpen(page)).toMatchObject({
        code: 'camera-denied',
        message: expect.stringContaining('Permissions-Policy header must contain camera=(self)'),
      });
    },
    { 'Permissions-Policy': 'camera=()' },
  );
});
