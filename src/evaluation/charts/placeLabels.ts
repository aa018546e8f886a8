import type { Canvas } from './Canvas.js';
import { FONT_SIZE, text, textWidth } from './text.js';

export interface Label {
  readonly words: string;
  /** Possible positions, best first; y is that of the baseline. */
  readonly spots: readonly { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' }[];
}

/**
 * Places each label at the first of its positions that is free and inside the plot; a label without a free position is left out.
 * @param labels most important first
 */
export function placeLabels(labels: readonly Label[], { left, right, top, bottom }: Canvas): string[] {
  const taken: { x0: number; x1: number; y0: number; y1: number }[] = [];
  return labels.flatMap(({ words, spots }) => {
    for (const { x, y, anchor } of spots) {
      const width = textWidth(words);
      const x0 = anchor === 'start' ? x : x - width;
      const box = { x0, x1: x0 + width, y0: y - FONT_SIZE, y1: y + 3 };
      const inside = box.x0 >= left + 2 && box.x1 <= right && box.y0 >= top && box.y1 <= bottom - 2;
      const free = taken.every((b) => box.x1 + 4 <= b.x0 || b.x1 + 4 <= box.x0 || box.y1 <= b.y0 || b.y1 <= box.y0);
      if (!inside || !free) continue;
      taken.push(box);
      return [text(words, { x, y, anchor, halo: true })];
    }
    return [];
  });
}
