import { expect, it, vi } from 'vitest';

/** All modules once more, as when two bundles of one page have each their own. */
async function copy() {
  vi.resetModules();
  const [{ createLivenessSession }, { FaceVerifier }, { LivenessSession }, { FACTORY }, { Gallery }, { identify }] = await Promise.all([
    import('./client/live/createLivenessSession.js'),
    import('./client/FaceVerifier.js'),
    import('./client/live/LivenessSession.js'),
    import('./shared/factoryOnly.js'),
    import('./matching/Gallery.js'),
    import('./matching/identify.js'),
  ]);
  return { createLivenessSession, FaceVerifier, LivenessSession, FACTORY, Gallery, identify };
}

it('a verifier of another copy gets a liveness session whose result it knows: one of its own copy', async () => {
  const [ours, theirs] = [await copy(), await copy()];
  const verifier = new theirs.FaceVerifier(theirs.FACTORY, {} as never, {} as never);
  expect(verifier).not.toBeInstanceOf(ours.FaceVerifier);
  const session = ours.createLivenessSession(verifier, { challenges: ['turn-left'] });
  expect(session).toBeInstanceOf(theirs.LivenessSession);
  expect(session.challenges).toEqual(['turn-left']);
});

it('a gallery of another copy is identified against', async () => {
  const [ours, theirs] = [await copy(), await copy()];
  const people = [{ id: 'ann', embedding: Float32Array.of(1, 0) }];
  const point = { fmr: 1e-2, threshold: 1.1, fnmr: 0, fmrInterval: [0, 1], fnmrInterval: [0, 1] } as const;
  const gallery = new theirs.Gallery(people);
  expect(gallery).not.toBeInstanceOf(ours.Gallery);
  const options = { operatingPoints: [point] };
  const found = ours.identify(Float32Array.of(1, 0), gallery, options);
  expect(found).toEqual(ours.identify(Float32Array.of(1, 0), people, options));
  expect(found.id).toBe('ann');
});
