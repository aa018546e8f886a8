import { escape } from '../charts/element.mjs';

/** Markup that is safe as it is. */
class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** @typedef {Markup | string | number | null | undefined | false | readonly unknown[]} Content lists hold contents */

/** Text that is markup already, such as a chart. @param {string} text */
export function markup(text) {
  return new Markup(text);
}

/**
 * A template whose values are escaped, unless they are markup themselves; lists are joined, null, undefined and false are nothing.
 * @param {TemplateStringsArray} strings
 * @param {...Content} values
 */
export function html(strings, ...values) {
  return new Markup(strings.reduce((text, string, i) => text + written(values[i - 1]) + string));
}

/** @param {unknown} value @returns {string} */
function written(value) {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(written).join('');
  return value instanceof Markup ? value.text : escape(value);
}
