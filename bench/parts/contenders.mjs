/**
 * The libraries as they are compared on frames.
 * @typedef {{ name: string, library: 'visavis' | 'face-api' | 'human', mode: 'tracked' | 'anew' | 'cached' }} Contender
 * @satisfies {Record<string, Contender>}
 */
export const CONTENDERS = /** @type {const} */ ({
  tracked: { name: 'visavis, tracked', library: 'visavis', mode: 'tracked' },
  anew: { name: 'visavis, every frame anew', library: 'visavis', mode: 'anew' },
  faceApi: { name: 'face-api (tracks nothing)', library: 'face-api', mode: 'anew' },
  human: { name: 'human, tracked', library: 'human', mode: 'tracked' },
  humanAnew: { name: 'human, every frame anew', library: 'human', mode: 'anew' },
  humanCached: { name: 'human as it comes, embeddings from its cache', library: 'human', mode: 'cached' },
});
