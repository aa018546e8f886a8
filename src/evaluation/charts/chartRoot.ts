import { element } from './element.js';
import { FONT_SIZE } from './text.js';

/**
 * The outermost element of a chart, an image to assistive technology.
 * @param label what it says where it cannot be seen
 * @param size pixels
 * @param children markup
 */
export function chartRoot(
  label: string,
  { width, height }: { readonly width: number; readonly height: number },
  children: readonly string[],
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': label,
      fill: 'currentColor',
      'font-size': FONT_SIZE,
      'font-family': 'inherit',
      class: 'chart',
    },
    ...children,
  );
}
