/** Each of them counts as the person's consent to playing in some browser. */
const GESTURES = ['pointerup', 'touchend', 'click', 'keydown'] as const;
/** Between two attempts, milliseconds: a browser that pauses again at once must not keep the page busy. */
const RETRY = 500;

/**
 * Plays the stream in the element, and plays it again whenever it is paused (by a media key, picture-in-picture, power saving, a script, or
 * by being taken out of the page) until the returned function is called. What the browser refuses to play is tried again at the person's
 * next tap, click or key; a page in the background tries again once it is visible. Does nothing while the element plays another stream.
 * @param onError what an attempt to play rejected with
 */
export function keepPlaying(video: HTMLVideoElement, stream: MediaStream, onError: (error: unknown) => void = () => {}): () => void {
  const { ownerDocument: document } = video;
  let over = false;
  let lastTry = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const play = () => {
    if (over || video.srcObject !== stream || !video.paused) return;
    lastTry = performance.now();
    video.play().catch((error: unknown) => {
      if (!over) onError(error);
    });
  };
  const again = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(play, Math.max(0, lastTry + RETRY - performance.now()));
  };
  video.addEventListener('pause', again);
  document.addEventListener('visibilitychange', again);
  for (const gesture of GESTURES) document.addEventListener(gesture, play, { capture: true, passive: true });
  play();
  return () => {
    over = true;
    clearTimeout(timer);
    video.removeEventListener('pause', again);
    document.removeEventListener('visibilitychange', again);
    for (const gesture of GESTURES) document.removeEventListener(gesture, play, { capture: true });
  };
}
