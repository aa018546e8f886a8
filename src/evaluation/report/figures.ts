import { html, type Markup } from './html.js';
import { valueAt } from './valueAt.js';
import { whole } from './numbers.js';

export type Format = (value: number) => string;

/** The number at a path in the evaluation, as markup; a dash if there is none. */
export type Figure = (path: string, format?: Format) => Markup;

/**
 * The only way for an evaluation's numbers to get onto its page: by their path in the JSON, which they carry with them, so that the two
 * cannot differ.
 */
export function figures(evaluation: object): Figure {
  return (path, format = whole) => {
    const value = valueAt(evaluation, path);
    if (value === null || value === undefined) return html`–`;
    if (typeof value !== 'number') throw new TypeError(`expected a number at ${path}, got ${JSON.stringify(value)}`);
    return html`<data value="${value}" data-path="${path}">${format(value)}</data>`;
  };
}
