/** How often browsers without `requestVideoFrameCallback` are asked, milliseconds. */
const POLL = 33;

/** Calls back once when the video shows its next picture, which happens in a visible page only; returns a function that calls it off. */
export function onNextPicture(video: HTMLVideoElement, callback: () => void): () => void {
  if (typeof video.requestVideoFrameCallback === 'function') {
    const id = video.requestVideoFrameCallback(() => callback());
    return () => video.cancelVideoFrameCallback(id);
  }
  // Firefox before 132. A paused video must not pass for one that goes on.
  const { currentTime } = video;
  const timer = setInterval(() => {
    if (video.ownerDocument.hidden || video.paused || video.currentTime === currentTime) return;
    clearInterval(timer);
    callback();
  }, POLL);
  return () => clearInterval(timer);
}
