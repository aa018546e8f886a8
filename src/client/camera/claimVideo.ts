/** Who plays in an element: the last one that claimed it. */
const claims = new WeakMap<HTMLVideoElement, AbortController>();

/** Takes the element over from whoever plays in it. The signal fires when it is taken over in turn. */
export function claimVideo(video: HTMLVideoElement): AbortSignal {
  const claim = new AbortController();
  const earlier = claims.get(video);
  claims.set(video, claim);
  earlier?.abort();
  return claim.signal;
}
