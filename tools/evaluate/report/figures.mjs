import { html } from './html.mjs';

/** @typedef {(value: number) => string} Format */
/** @typedef {(path: string, format?: Format) => ReturnType<typeof html>} Figure */

/**
 * The only way by which numbers of an evaluation enter its page: by their place in the JSON, which they carry with them, so that the two cannot differ.
 * @param {object} evaluation
 * @returns {Figure} a dash where there is no number
 */
export function figures(evaluation) {
  return (path, format = whole) => {
    const value = valueAt(evaluation, path);
    if (value === null || value === undefined) return html`–`;
    if (typeof value !== 'number') throw new TypeError(`expected a number at ${path}, got ${JSON.stringify(value)}`);
    return html`<data value="${value}" data-path="${path}">${format(value)}</data>`;
  };
}

/** @param {unknown} data @param {string} path keys with points between them: `report.curve.3.fmr` */
export function valueAt(data, path) {
  return path.split('.').reduce((/** @type {any} */ at, key) => at?.[key], data);
}

/** @param {number} value */
export function whole(value) {
  return Math.round(value).toLocaleString('en-GB');
}

/** A share with two decimals, as the console prints it; more where those would be zeros. @param {number} share */
export function percent(share) {
  const value = 100 * share;
  const digits = value === 0 || Math.abs(value) >= 0.1 ? 2 : Math.min(9, 1 - Math.floor(Math.log10(Math.abs(value))));
  return `${value.toFixed(digits)} %`;
}

/** @param {number} value */
export function four(value) {
  return value.toFixed(4);
}
