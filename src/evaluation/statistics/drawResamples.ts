/**
 * Bootstrap over people: how often each person is drawn, with replacement, in each resample.
 * @returns [resample][person]
 */
export function drawResamples(people: number, resamples: number, random: () => number): Uint8Array[] {
  return Array.from({ length: resamples }, () => {
    const weights = new Uint8Array(people);
    for (let i = 0; i < people; i++) weights[Math.floor(random() * people)]!++;
    return weights;
  });
}
