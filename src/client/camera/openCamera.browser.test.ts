import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import type { VisavisError } from '../../shared/VisavisError.js';
import { blindCamera, fakeCamera, giveCameras, withUserMedia, type FakeCamera } from '../fixtures/fakeCamera.js';
import { openCamera, type CameraOptions } from './openCamera.js';

const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => 'open',
    (error: unknown) => (error as VisavisError).code,
  );
/** Makes the clock of time limits stand still until it is advanced. */
const fakeClock = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
const refusal = () => new DOMException('play() failed because the user did not interact with the document first.', 'NotAllowedError');

let cameras: FakeCamera[];
const newCamera = () => {
  const camera = fakeCamera();
  cameras.push(camera);
  return camera;
};
beforeEach(() => (cameras = []));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const { freeze, track } of cameras) {
    freeze();
    track.stop();
  }
});

describe('openCamera', () => {
  it('resolves with the first picture, and stops the track', async () => {
    const { stream, track } = newCamera();
    giveCameras({ stream, track, freeze: () => {} });
    const camera = await openCamera();
    expect([camera.width, camera.height, camera.state]).toEqual([300, 150, 'live']);
    expect([camera.video.muted, camera.video.hasAttribute('playsinline')]).toEqual([true, true]);
    camera.stop();
    expect([track.readyState, camera.video.srcObject, camera.state]).toEqual(['ended', null, 'stopped']);
  });

  it('stops a stream that comes after the caller has left', async () => {
    const { stream, track } = newCamera();
    let arrive: (stream: MediaStream) => void = () => {};
    withUserMedia(() => new Promise((resolve) => (arrive = resolve)));
    const controller = new AbortController();
    const opening = openCamera({ signal: controller.signal });
    controller.abort();
    expect(await codeOf(opening)).toBe('aborted');
    arrive(stream);
    await vi.waitFor(() => expect(track.readyState).toBe('ended'), PATIENT);
  });

  it('leaves no camera on after a hundred openings that were aborted within one tick', async () => {
    const tracks: MediaStreamTrack[] = [];
    withUserMedia(() => {
      const { stream, track } = blindCamera();
      tracks.push(track);
      return Promise.resolve(stream);
    });
    const video = document.createElement('video');
    const codes = Array.from({ length: 100 }, (_, n) => {
      const controller = new AbortController();
      const opening = codeOf(openCamera({ signal: controller.signal, ...(n % 2 ? { video } : {}) }));
      if (n % 3) controller.abort();
      else queueMicrotask(() => controller.abort());
      return opening;
    });
    expect(new Set(await Promise.all(codes))).toEqual(new Set(['aborted']));
    await vi.waitFor(() => expect(tracks.filter(({ readyState }) => readyState === 'live')).toEqual([]), PATIENT);
    expect(tracks).toHaveLength(100);
    expect(video.srcObject).toBeNull();
  });

  it('asks for the chosen camera and no other, and otherwise wishes for the one that faces the person', async () => {
    const asked = giveCameras(newCamera(), newCamera(), newCamera());
    for (const options of [{ deviceId: 'chosen', width: 800 }, {}, { facingMode: 'environment', deviceId: '' }] as const) {
      (await openCamera(options)).stop();
    }
    const size = { width: { ideal: 640 }, height: { ideal: 480 } };
    expect(asked).toEqual([
      { audio: false, video: { ...size, width: { ideal: 800 }, deviceId: { exact: 'chosen' } } },
      { audio: false, video: { ...size, facingMode: 'user' } },
      { audio: false, video: { ...size, facingMode: 'environment' } },
    ]);
  });

  it('says that the chosen camera is not there', async () => {
    withUserMedia(() => Promise.reject(new DOMException('', 'OverconstrainedError')));
    await expect(openCamera({ deviceId: 'gone' })).rejects.toMatchObject({
      code: 'camera-missing',
      message: expect.stringMatching(/chosen/) as string,
    });
  });

  it.each<[options: unknown, message: RegExp]>([
    [{ video: {} }, /expected video to be a video element/],
    [{ deviceId: 1 }, /expected deviceId to be a string/],
    [{ facingMode: 'back' }, /expected facingMode 'user' or 'environment'/],
    [{ timeLimit: 0 }, /expected a time limit/],
    [{ width: NaN }, /expected width to be 1 to 32768 pixels, got/],
    [{ width: -1 }, /expected width/],
    [{ height: 'wide' }, /expected height/],
    [{ height: Infinity }, /expected height/],
    [{ device: 'x' }, /nearest is "deviceId"/],
  ])('refuses %o', async (options, message) => {
    const asked = giveCameras(newCamera());
    await expect(openCamera(options as CameraOptions)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });

  it('names HTTPS where that is missing, and else the browser', async () => {
    vi.spyOn(navigator, 'mediaDevices', 'get').mockReturnValue(undefined as unknown as MediaDevices);
    const secure = vi.spyOn(window, 'isSecureContext', 'get').mockReturnValue(false);
    await expect(openCamera()).rejects.toMatchObject({ code: 'camera-missing', message: expect.stringMatching(/HTTPS/) as string });
    secure.mockReturnValue(true);
    await expect(openCamera()).rejects.toMatchObject({ code: 'camera-missing', message: expect.stringMatching(/This browser/) as string });
  });
});

describe('a camera without pictures', () => {
  it('ends with camera-busy after the time limit, which starts when the permission is there', async () => {
    const { stream, track } = blindCamera();
    let allow: (stream: MediaStream) => void = () => {};
    withUserMedia(() => new Promise((resolve) => (allow = resolve)));
    vi.spyOn(navigator.permissions, 'query').mockRejectedValue(new TypeError('unknown'));
    fakeClock();
    const settled = vi.fn();
    const opening = openCamera({ timeLimit: 3000 });
    opening.catch(settled);
    await vi.advanceTimersByTimeAsync(60_000); // the browser's question may stay open
    expect(settled).not.toHaveBeenCalled();
    allow(stream);
    await vi.advanceTimersByTimeAsync(2750);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(250);
    await expect(opening).rejects.toMatchObject({
      code: 'camera-busy',
      message: expect.stringMatching(/for 3 s: close other programs/) as string,
    });
    expect(track.readyState).toBe('ended');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with camera-busy where the page has the permission, and the stream never comes', async () => {
    withUserMedia(() => new Promise(() => {}));
    const status = Object.assign(new EventTarget(), { state: 'prompt' });
    vi.spyOn(navigator.permissions, 'query').mockResolvedValue(status as unknown as PermissionStatus);
    fakeClock();
    const opening = openCamera();
    const code = codeOf(opening);
    await vi.advanceTimersByTimeAsync(60_000);
    status.state = 'granted';
    status.dispatchEvent(new Event('change'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await code).toBe('camera-busy');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with camera-lost when it is taken away meanwhile, or was already', async () => {
    const blind = blindCamera();
    giveCameras(blind);
    const opening = codeOf(openCamera());
    await vi.waitFor(() => expect(blind.track.readyState).toBe('live'), PATIENT);
    setTimeout(() => blind.track.dispatchEvent(new Event('ended')), 20);
    expect(await opening).toBe('camera-lost');

    const gone = blindCamera();
    gone.track.stop();
    giveCameras(gone);
    expect(await codeOf(openCamera())).toBe('camera-lost');
  });
});

describe('a browser that refuses to play', () => {
  it('is asked again at the next click', async () => {
    giveCameras(newCamera());
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValueOnce(refusal());
    const opening = openCamera();
    await vi.waitFor(() => expect(play).toHaveBeenCalledOnce(), PATIENT);
    document.body.click();
    const camera = await opening;
    expect(camera.state).toBe('live');
    camera.stop();
  });

  it('is blamed, and not the permission for the camera', async () => {
    const { stream, track } = newCamera();
    giveCameras({ stream, track, freeze: () => {} });
    const cause = refusal();
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(cause);
    fakeClock();
    await expect(passTime(openCamera(), 120_000)).rejects.toMatchObject({
      code: 'camera-lost',
      cause,
      message: expect.stringMatching(/tap or click the page/) as string,
    });
    expect(track.readyState).toBe('ended');
  });

  it('is blamed at once where it cannot play at all', async () => {
    giveCameras(newCamera());
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(new DOMException('', 'NotSupportedError'));
    await expect(openCamera()).rejects.toMatchObject({ code: 'camera-lost', message: expect.stringMatching(/cannot play/) as string });
  });
});

describe('one element for two cameras', () => {
  it('ends the earlier opening, and the later wins', async () => {
    const [first, second] = [newCamera(), newCamera()];
    giveCameras(first, second);
    const video = document.createElement('video');
    const earlier = openCamera({ video });
    earlier.catch(() => undefined);
    const camera = await openCamera({ video });
    await expect(earlier).rejects.toMatchObject({ code: 'aborted', message: expect.stringMatching(/Another openCamera/) as string });
    expect([first.track.readyState, second.track.readyState, video.srcObject]).toEqual(['ended', 'live', second.stream]);
    camera.stop();
  });

  it('stops the earlier camera before it asks for the next: phones do not open two', async () => {
    const [first, second] = [newCamera(), newCamera()];
    giveCameras(first);
    const earlier = await openCamera();
    const reading = (async () => {
      for await (const video of earlier.frames()) expect(video.srcObject).toBe(first.stream);
    })();
    reading.catch(() => undefined);
    const stopped = vi.fn();
    earlier.addEventListener('stopped', stopped);
    let before: string | null = null;
    withUserMedia(() => {
      before = first.track.readyState;
      return Promise.resolve(second.stream);
    });
    const later = await openCamera({ video: earlier.video });
    expect([before, earlier.state, later.state]).toEqual(['ended', 'stopped', 'live']);
    expect(stopped).toHaveBeenCalledOnce();
    await expect(reading).rejects.toMatchObject({ code: 'aborted', message: expect.stringMatching(/Another openCamera/) as string });
    earlier.stop();
    expect(later.video.srcObject).toBe(second.stream);
    later.stop();
  });

  it('ends with aborted where the page gives the element another source', async () => {
    const blind = blindCamera();
    giveCameras(blind);
    const video = document.createElement('video');
    const opening = openCamera({ video });
    opening.catch(() => undefined);
    await vi.waitFor(() => expect(video.srcObject).toBe(blind.stream), PATIENT);
    video.srcObject = newCamera().stream;
    await expect(opening).rejects.toMatchObject({ code: 'aborted', message: expect.stringMatching(/plays something else/) as string });
    expect(blind.track.readyState).toBe('ended');
    expect(video.srcObject).not.toBeNull();
  });
});
