// How far apart builds' embeddings of the same pictures are, and what that does to verdicts.

/** @typedef {import('./main.mjs').Embedded} Embedded */

/**
 * @param {Record<string, Embedded[]>} builds the same files in the same order
 * @param {string} base the build that others are compared with
 * @param {Map<string, string>} identity file -> person
 * @param {{ fmr: number, threshold: number }[]} points
 * @param {(build: string) => boolean} [counts] whether a build counts for the largest gap; by default each does
 */
export function compareBuilds(builds, base, identity, points, counts = () => true) {
  const reference = builds[base];
  const rows = Object.entries(builds)
    .filter(([build]) => build !== base)
    .map(([build, results]) => {
      const whole = results.some(({ embedding }) => embedding);
      return {
        build,
        graphGap: largestGap(reference, results, 'cropped'),
        pipelineGap: whole ? largestGap(reference, results, 'embedding') : null,
        /** Pictures in which one build finds a face and the other does not. */
        facesDiffer: whole ? results.filter((r, i) => !r.embedding !== !reference[i].embedding).length : null,
        flips: whole ? points.map(({ fmr, threshold }) => ({ fmr, ...flips(reference, results, identity, threshold) })) : null,
      };
    });
  return {
    pictures: reference.length,
    largestGraphGap: Math.max(...rows.filter(({ build }) => counts(build)).map(({ graphGap }) => graphGap)),
    builds: rows,
  };
}

/** @param {Embedded[]} a @param {Embedded[]} b @param {'embedding' | 'cropped'} key the largest 1 − cosine */
function largestGap(a, b, key) {
  let largest = 0;
  a.forEach((one, i) => {
    const [x, y] = [one[key], b[i][key]];
    if (x && y) largest = Math.max(largest, squaredDistance(x, y) / 2); // = 1 − cosine for unit vectors, without cancellation
  });
  return largest;
}

/**
 * Pairs that one build accepts and the other does not.
 * @param {Embedded[]} a
 * @param {Embedded[]} b
 * @param {Map<string, string>} identity
 * @param {number} threshold
 */
function flips(a, b, identity, threshold) {
  let [pairs, genuine, flipped] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [p, q, r, s] = [a[i].embedding, a[j].embedding, b[i].embedding, b[j].embedding];
      if (!p || !q || !r || !s) continue;
      pairs++;
      if (identity.get(a[i].file) === identity.get(a[j].file)) genuine++;
      if (squaredDistance(p, q) <= threshold ** 2 !== squaredDistance(r, s) <= threshold ** 2) flipped++;
    }
  }
  return { pairs, genuine, flipped };
}

/** @param {Float32Array} a @param {Float32Array} b */
function squaredDistance(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
