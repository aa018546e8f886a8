import { megabytes, milliseconds, times } from './format.mjs';

/**
 * What imported networks take, on the kernels and on TensorFlow.js.
 * @param {import('../Results.d.ts').RecognizerResults} results
 * @returns {string[][]} the first row is the heading
 */
export function recognizerRows({ peak, networks }) {
  const rows = networks.map(({ id, parameters, bytes, multiplyAdds, runtimes }) => {
    const median = (/** @type {string} */ name, /** @type {number} */ threads) =>
      runtimes.find((each) => each.name === name && each.threads === threads)?.median;
    const ours = [1, 2].flatMap((threads) => {
      const ms = median('visavis', threads);
      if (ms === undefined) return ['–', '–'];
      const rate = multiplyAdds / 1e6 / ms;
      return [milliseconds(ms), `${rate.toFixed(1)} billion/s, ${((100 * rate) / (peak * threads)).toFixed(0)} %`];
    });
    const [one, theirs] = ['visavis', 'TensorFlow.js'].map((name) => median(name, 1));
    const compared = theirs === undefined || one === undefined ? '–' : `${milliseconds(theirs)} (${times(theirs / one)})`;
    return [`\`${id}\``, millions(parameters, 2), megabytes(bytes), millions(multiplyAdds, 0), ...ours, compared];
  });
  const heading = ['imported', 'parameters', 'weights', 'multiply-adds', '1 thread', 'of the peak', '2 threads', 'of the peak'];
  return [[...heading, 'TensorFlow.js, 1 thread'], ...rows];
}

/** @param {number} value @param {number} digits */
function millions(value, digits) {
  return `${(value / 1e6).toFixed(digits)} M`;
}
