import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import type { LivenessOptions } from '../../shared/liveness.js';
import type { Camera } from './Camera.js';
import { drawSession } from '../live/drawSession.js';
import { enrollFrom } from '../enrollFrom.js';
import { enrollLiveFrom } from '../live/enrollLiveFrom.js';
import { fakeCamera, giveCameras, type FakeCamera } from '../fixtures/fakeCamera.js';
import { ScriptedLooker, TEMPLATE } from '../fixtures/ScriptedLooker.js';
import { openCamera } from './openCamera.js';
import { verifyFrom } from '../verifyFrom.js';

let source: FakeCamera;
let camera: Camera;
let looker: ScriptedLooker;
const parts = (eyes: ScriptedLooker) => ({ looker: eyes, drawSession: (options: LivenessOptions) => drawSession(eyes, options) });
beforeEach(async () => {
  source = fakeCamera();
  giveCameras(source);
  camera = await openCamera();
  looker = new ScriptedLooker();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  camera.stop();
  source.freeze();
});

/** As an app writes it around the camera. */
async function* wrapped(): AsyncGenerator<HTMLVideoElement> {
  for await (const video of camera.frames()) yield video;
}

const calls: Record<string, () => Promise<unknown>> = {
  'verify, up to a limit': () => verifyFrom(looker, camera.frames({ limit: 5 }), TEMPLATE, {}),
  'verify, of an app’s generator': () => verifyFrom(looker, wrapped(), TEMPLATE, {}),
  'enroll, up to a limit': () => enrollFrom(looker, camera.frames({ limit: 5 }), {}),
  'enroll, of an app’s generator': () => enrollFrom(looker, wrapped(), {}),
  'live enrollment': () => enrollLiveFrom(parts(looker), camera, {}),
  'live enrollment, of an app’s generator': () => enrollLiveFrom(parts(looker), wrapped(), {}),
  liveness: () => drawSession(looker, {}).run(camera),
  'liveness, of an app’s generator': () => drawSession(looker, {}).run(wrapped()),
};

describe.each(Object.entries(calls))('%s', (_, call) => {
  it('says that the page stopped the camera, before the first frame or between two', async () => {
    for (const frame of [0, 1]) {
      looker.before = (n) => n === frame && camera.stop();
      await expect(call()).rejects.toMatchObject({ code: 'aborted', message: expect.stringMatching(/camera was stopped/) as string });
      if (frame === 0) {
        giveCameras((source = fakeCamera()));
        camera = await openCamera();
        looker = new ScriptedLooker();
      }
    }
  });

  it('says that the camera was lost', async () => {
    looker.before = (n) => n === 1 && source.track.dispatchEvent(new Event('ended'));
    await expect(call()).rejects.toMatchObject({ code: 'camera-lost', message: expect.stringMatching(/disconnected/) as string });
  });

  it('says that no frame comes', async () => {
    const noMore = () => vi.spyOn(camera.video, 'requestVideoFrameCallback').mockReturnValue(0);
    noMore();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await expect(passTime(call(), 60_000)).rejects.toMatchObject({
      code: 'camera-lost',
      message: expect.stringMatching(/^No picture came/) as string,
    });
  });
});

describe('a limit that is reached', () => {
  it('is a normal end, also where the camera is stopped right then', async () => {
    looker.before = (n) => n === 4 && camera.stop();
    expect(await verifyFrom(looker, camera.frames({ limit: 5 }), TEMPLATE, {})).toMatchObject({ match: true, frames: 5 });
  });
});
