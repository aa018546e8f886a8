import { escapeMarkup } from './escapeMarkup.js';

/**
 * An SVG element as text. Attributes that are undefined are left out, numbers are rounded to a tenth of a pixel. Colors go into attributes
 * rather than `style`, which a strict Content Security Policy would refuse.
 * @param children markup, with any text already escaped
 */
export function element(name: string, attributes: Readonly<Record<string, string | number | undefined>>, ...children: string[]): string {
  const written = Object.entries(attributes)
    .map(([key, value]) =>
      value === undefined ? '' : ` ${key}="${typeof value === 'number' ? Number(value.toFixed(1)) : escapeMarkup(value)}"`,
    )
    .join('');
  return children.length > 0 ? `<${name}${written}>${children.join('')}</${name}>` : `<${name}${written}/>`;
}
