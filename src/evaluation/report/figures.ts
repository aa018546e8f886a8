import { html, type Markup } from './html.js';
import { valueAt } from './valueAt.js';
import { whole } from './numbers.js';

export type Format = (value: number) => string;

/** A number of the evaluation at a path, as markup: a dash where there is none. */
export type Figure = (path: string, format?: Format) => Markup;

/**
 * The only way by which numbers of an evaluation enter its page: by their place in the JSON, which they carry with them, so that the two cannot differ.
 */
export function figures(evaluation: object): Figure {
  return (path, format = whole) => {
    const value = valueAt(evaluation, path);
    if (value === null || value === undefined) return html`–`;
    if (typeof value !== 'number') throw new TypeError(`expected a number at ${path}, got ${JSON.stringify(value)}`);
    return html`<data value="${value}" data-path="${path}">${format(value)}</data>`;
  };
}
