/**
 * Bootstrap over people: how often each one is drawn, with replacement, in each resample.
 * @param {number} people @param {number} resamples @param {() => number} random
 * @returns {Uint8Array[]} by resample
 */
export function drawResamples(people, resamples, random) {
  return Array.from({ length: resamples }, () => {
    const weights = new Uint8Array(people);
    for (let i = 0; i < people; i++) weights[Math.floor(random() * people)]++;
    return weights;
  });
}
