import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passTime } from '../../../e2e/fixtures/passTime.js';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import type { Camera } from './Camera.js';
import { fakeCamera, giveCameras, type FakeCamera } from '../fixtures/fakeCamera.js';
import { openCamera } from './openCamera.js';
import { readSource } from '../pictures/readSource.js';

let source: FakeCamera;
let camera: Camera;
beforeEach(async () => {
  source = fakeCamera();
  giveCameras(source);
  camera = await openCamera();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  camera.stop();
  camera.video.remove();
  source.freeze();
});

/** Reads frames until there are no more; how many there were. */
async function count(frames: AsyncIterable<HTMLVideoElement>): Promise<number> {
  let n = 0;
  for await (const video of frames) {
    expect(video).toBe(camera.video);
    expect(video.videoWidth).toBeGreaterThan(0);
    n++;
  }
  return n;
}

function hide(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

const pauses: Record<string, (video: HTMLVideoElement) => void | Promise<void>> = {
  'video.pause()': (video) => video.pause(),
  'taking the element out of the page': async (video) => {
    document.body.append(video);
    await count(camera.frames({ limit: 1 }));
    video.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
  },
  'moving the element': async (video) => {
    const [from, to] = [document.createElement('div'), document.createElement('div')];
    document.body.append(from, to);
    from.append(video);
    await count(camera.frames({ limit: 1 }));
    to.append(video);
  },
  'a pause that is repeated': (video) => {
    let n = 0;
    const again = () => {
      if (++n < 3) video.pause();
    };
    video.addEventListener('playing', again);
    video.pause();
  },
};

describe('frames', () => {
  it('yields the element for each frame, up to the limit', async () => {
    expect(await count(camera.frames({ limit: 3 }))).toBe(3);
    expect(await count(camera.frames({ limit: 0 }))).toBe(0);
    await expect(count(camera.frames({ limit: NaN }))).rejects.toThrow(/expected a limit/);
    await expect(count(camera.frames({ limit: '3' as unknown as number }))).rejects.toThrow(/expected a limit/);
  });

  it.each(Object.keys(pauses))('goes on after %s', async (pause) => {
    await pauses[pause](camera.video);
    expect(await count(camera.frames({ limit: 3 }))).toBe(3);
    await vi.waitFor(() => expect([camera.video.paused, camera.state]).toEqual([false, 'live']), PATIENT);
  });

  it('goes on after a pause amid the reading', async () => {
    setTimeout(() => camera.video.pause(), 30);
    expect(await count(camera.frames({ limit: 20 }))).toBe(20);
  });

  it('plays only while the camera is live', async () => {
    const play = vi.spyOn(camera.video, 'play');
    camera.stop();
    camera.video.dispatchEvent(new Event('pause'));
    document.body.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(play).not.toHaveBeenCalled();
  });

  it('throws when the camera is stopped, lost or aborted before the limit', async () => {
    const signal = new AbortController();
    const aborted = count(camera.frames({ signal: signal.signal }));
    aborted.catch(() => undefined);
    const stopped = count(camera.frames({ limit: 1000 }));
    stopped.catch(() => undefined);
    signal.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted', message: expect.stringMatching(/signal/) as string });
    camera.stop();
    const error = { code: 'aborted', message: expect.stringMatching(/camera was stopped/) as string };
    await expect(stopped).rejects.toMatchObject(error);
    await expect(count(camera.frames())).rejects.toMatchObject(error);
  });

  it('says when the camera is lost, and still does after stop', async () => {
    const heard = new Promise((resolve) => camera.addEventListener('lost', resolve));
    const reading = count(camera.frames());
    reading.catch(() => undefined);
    source.track.dispatchEvent(new Event('ended'));
    await expect(reading).rejects.toMatchObject({ code: 'camera-lost' });
    expect(await heard).toMatchObject({ detail: { code: 'camera-lost' } });
    camera.stop();
    await expect(count(camera.frames())).rejects.toMatchObject({ code: 'camera-lost' });
  });

  it('ends with camera-lost when no frame comes for ten seconds, and can be asked again', async () => {
    const silence = vi.spyOn(camera.video, 'requestVideoFrameCallback').mockReturnValue(0);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const reading = count(camera.frames());
    const settled = vi.fn();
    reading.catch(settled);
    await vi.advanceTimersByTimeAsync(9750);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(250);
    await expect(reading).rejects.toMatchObject({ code: 'camera-lost', message: expect.stringMatching(/for 10 s: check/) as string });
    expect(vi.getTimerCount()).toBe(0);
    silence.mockRestore();
    expect(camera.state).toBe('live');
    expect(await count(camera.frames({ limit: 2 }))).toBe(2);
  });

  it('says that the browser keeps the video paused', async () => {
    const cause = new DOMException('', 'NotAllowedError');
    const play = vi.spyOn(camera.video, 'play').mockRejectedValue(cause);
    camera.video.pause();
    await vi.waitFor(() => expect(play).toHaveBeenCalled(), PATIENT);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await expect(passTime(count(camera.frames()), 30_000)).rejects.toMatchObject({
      code: 'camera-lost',
      cause,
      message: expect.stringMatching(/tap or click/) as string,
    });
  });

  it('waits while the page is hidden, and an abort still works', async () => {
    vi.spyOn(camera.video, 'requestVideoFrameCallback').mockReturnValue(0);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    hide(true);
    const signal = new AbortController();
    const reading = count(camera.frames({ signal: signal.signal }));
    const settled = vi.fn();
    reading.catch(settled);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(settled).not.toHaveBeenCalled();
    signal.abort();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  });

  it('leaves a hidden page’s video paused until the page is back', async () => {
    hide(true);
    camera.video.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(camera.video.paused).toBe(true);
    hide(false);
    expect(await count(camera.frames({ limit: 2 }))).toBe(2);
  });

  it('gives no pictures of another source, and is live again with its own', async () => {
    const other = fakeCamera();
    const reading = count(camera.frames());
    reading.catch(() => undefined);
    camera.video.srcObject = other.stream;
    const error = { code: 'aborted', message: expect.stringMatching(/plays something else/) as string };
    await expect(reading).rejects.toMatchObject(error);
    await expect(count(camera.frames({ limit: 1 }))).rejects.toMatchObject(error);
    camera.video.srcObject = source.stream;
    await camera.video.play();
    expect(await count(camera.frames({ limit: 2 }))).toBe(2);
    other.freeze();
  });

  it('asks for new pictures, not for time to pass, where there is no requestVideoFrameCallback', async () => {
    Object.defineProperty(camera.video, 'requestVideoFrameCallback', { value: undefined, configurable: true });
    expect(await count(camera.frames({ limit: 3 }))).toBe(3);
    const play = vi.spyOn(camera.video, 'play').mockRejectedValue(new DOMException('', 'NotAllowedError'));
    camera.video.pause();
    await vi.waitFor(() => expect(play).toHaveBeenCalled(), PATIENT);
    const signal = new AbortController();
    const reading = count(camera.frames({ limit: 1, signal: signal.signal }));
    setTimeout(() => signal.abort(), 200);
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('the element of a camera that is over', () => {
  /** Played once it has a size. */
  async function expectPicture() {
    await camera.video.play();
    await vi.waitFor(() => expect(camera.video.videoWidth).toBeGreaterThan(0), PATIENT);
    const { data } = await readSource(camera.video, false);
    (data as VideoFrame).close();
  }

  it('is no unreadable picture', async () => {
    camera.stop();
    await expect(readSource(camera.video, false)).rejects.toMatchObject({ code: 'aborted' });
    camera.video.src = 'data:video/mp4;base64,AAAA';
    await expect(readSource(camera.video, false)).rejects.toMatchObject({ code: 'bad-image' });
  });

  it('gives no last picture of a camera that was lost, but pictures of what else the page plays in it', async () => {
    expect(camera.video.videoWidth).toBeGreaterThan(0);
    source.track.stop();
    source.track.dispatchEvent(new Event('ended'));
    expect(camera.video.videoWidth).toBeGreaterThan(0);
    await expect(readSource(camera.video, false)).rejects.toMatchObject({ code: 'camera-lost' });
    const other = fakeCamera();
    camera.video.srcObject = other.stream;
    await expectPicture();
    other.freeze();
  });

  it('gives no last picture where the page itself stopped the tracks, of which nothing tells, nor of a stream of the page’s', async () => {
    source.track.stop();
    expect(camera.video.videoWidth).toBeGreaterThan(0);
    await expect(readSource(camera.video, false)).rejects.toMatchObject({ code: 'camera-lost' });
    const other = fakeCamera();
    camera.video.srcObject = other.stream;
    await expectPicture();
    other.track.stop();
    await expect(readSource(camera.video, false)).rejects.toMatchObject({
      code: 'camera-lost',
      message: expect.stringMatching(/^The stream of this video has ended: take the picture/) as string,
    });
  });

  it('gives no last picture of a camera that was lost, also where its stream has no track left', async () => {
    source.track.stop();
    source.track.dispatchEvent(new Event('ended'));
    source.stream.removeTrack(source.track);
    await expect(readSource(camera.video, false)).rejects.toMatchObject({
      code: 'camera-lost',
      message: expect.stringMatching(/^The camera was disconnected/) as string,
    });
  });

  it('gives pictures again once its stream has another track, which is live', async () => {
    source.track.stop();
    source.track.dispatchEvent(new Event('ended'));
    const other = fakeCamera();
    source.stream.removeTrack(source.track);
    source.stream.addTrack(other.track);
    camera.video.srcObject = null;
    camera.video.srcObject = source.stream;
    await expectPicture();
    other.track.stop();
    await expect(readSource(camera.video, false)).rejects.toMatchObject({ code: 'camera-lost' });
    other.freeze();
  });
});
