/** @param {number} value */
export function milliseconds(value) {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

/** @param {number} value in milliseconds */
export function seconds(value) {
  return `${(value / 1000).toFixed(2)} s`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** @param {number} ratio */
export function times(ratio) {
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`;
}
