import { escapeMarkup } from '../charts/escapeMarkup.js';

/** Markup that needs no escaping. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template may contain. Lists are joined; null, undefined and false become nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** Marks text as markup that is already safe, such as a chart. */
export function markup(text: string): Markup {
  return new Markup(text);
}

/** A template tag that escapes its values unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + written(values[i - 1]) + string));
}

function written(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(written).join('') : escapeMarkup(value);
}
