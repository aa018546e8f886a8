import { afterEach, describe, expect, it, vi } from 'vitest';
import { cameraError } from './cameraError.js';
import { openCamera } from './openCamera.js';

/** A stream of a canvas that keeps changing, as a camera's would. */
function movingPicture() {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  let n = 0;
  const timer = setInterval(() => {
    context.fillStyle = `rgb(${n++ % 255} 0 0)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 20);
  const stream = canvas.captureStream(30);
  return { stream, track: stream.getVideoTracks()[0], end: () => clearInterval(timer) };
}

function withUserMedia(getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>) {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation((constraints) => getUserMedia(constraints!));
}

/** Reads frames until there are no more. */
async function drain(frames: AsyncIterable<HTMLVideoElement>): Promise<void> {
  for await (const video of frames) expect(video.videoWidth).toBeGreaterThan(0);
}

afterEach(() => vi.restoreAllMocks());

describe('openCamera', () => {
  it('plays the stream, yields frames, and stops the track', async () => {
    const { stream, track, end } = movingPicture();
    withUserMedia(() => Promise.resolve(stream));
    const camera = await openCamera();
    expect([camera.width, camera.height, camera.state]).toEqual([300, 150, 'live']);
    let frames = 0;
    for await (const video of camera.frames({ limit: 3 })) {
      expect(video).toBe(camera.video);
      frames++;
    }
    expect(frames).toBe(3);
    camera.stop();
    expect([track.readyState, camera.video.srcObject, camera.state]).toEqual(['ended', null, 'stopped']);
    end();
  });

  it('ends the frames when stopped, throws when lost or aborted', async () => {
    const first = movingPicture();
    withUserMedia(() => Promise.resolve(first.stream));
    const camera = await openCamera();
    setTimeout(() => camera.stop(), 50);
    await drain(camera.frames());
    first.end();

    const second = movingPicture();
    withUserMedia(() => Promise.resolve(second.stream));
    const lost = await openCamera();
    const heard = new Promise((resolve) => lost.addEventListener('lost', resolve));
    setTimeout(() => second.track.dispatchEvent(new Event('ended')), 50);
    await expect(drain(lost.frames())).rejects.toMatchObject({ code: 'camera-lost' });
    expect(await heard).toMatchObject({ detail: { code: 'camera-lost' } });
    lost.stop();
    second.end();

    const third = movingPicture();
    withUserMedia(() => Promise.resolve(third.stream));
    const aborted = await openCamera();
    const signal = AbortSignal.timeout(50);
    await expect(drain(aborted.frames({ signal }))).rejects.toMatchObject({ code: 'aborted' });
    aborted.stop();
    third.end();
  });

  it('stops a stream that comes after the caller has left', async () => {
    const { stream, track, end } = movingPicture();
    let arrive: (stream: MediaStream) => void = () => {};
    withUserMedia(() => new Promise((resolve) => (arrive = resolve)));
    const controller = new AbortController();
    const opening = openCamera({ signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toMatchObject({ code: 'aborted' });
    arrive(stream);
    await vi.waitFor(() => expect(track.readyState).toBe('ended'));
    end();
  });

  it.each([
    ['NotAllowedError', 'camera-denied'],
    ['SecurityError', 'camera-denied'],
    ['NotFoundError', 'camera-missing'],
    ['OverconstrainedError', 'camera-missing'],
    ['NotReadableError', 'camera-busy'],
    ['AbortError', 'camera-busy'],
    ['OtherError', 'camera-missing'],
  ])('turns %s into %s', async (name, code) => {
    const cause = new DOMException('', name);
    withUserMedia(() => Promise.reject(cause));
    await expect(openCamera()).rejects.toMatchObject({ code, cause });
    expect(cameraError(cause).message).toMatch(/camera/);
  });
});
