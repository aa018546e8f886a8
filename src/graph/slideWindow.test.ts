import { describe, expect, it } from 'vitest';
import type { Attribute } from './Graph.js';
import { slideWindow } from './slideWindow.js';

const slide = (attributes: Record<string, Attribute>, picture = [7, 8] as const, size = [3, 3] as const) =>
  slideWindow({ name: 'c', op: 'Conv2D', inputs: [], attributes }, picture, size);

describe('slideWindow', () => {
  it('pads the odd row and column at the end', () => {
    expect(slide({ padding: 'SAME', strides: [1, 2, 2, 1] })).toEqual({
      size: [3, 3],
      stride: [2, 2],
      dilation: [1, 1],
      before: [1, 0],
      places: [4, 4],
    });
  });

  it('stays inside, or goes as far out as it is told', () => {
    expect(slide({ padding: 'VALID' })).toMatchObject({ before: [0, 0], places: [5, 6] });
    const explicit = { padding: 'EXPLICIT', explicit_paddings: [0, 0, 2, 1, 0, 3, 0, 0] };
    expect(slide({ ...explicit, strides: [1, 1, 2, 1] })).toMatchObject({ before: [2, 0], places: [8, 5] });
  });

  it('reaches further when dilated', () => {
    expect(slide({ padding: 'VALID', dilations: [1, 3, 2, 1] })).toMatchObject({ dilation: [3, 2], places: [1, 4] });
    expect(slide({ padding: 'SAME', dilations: [1, 3, 2, 1] })).toMatchObject({ before: [3, 2], places: [7, 8] });
  });

  it.each<[string, Record<string, Attribute>, string]>([
    ['no padding', {}, 'Conv2D "c" has the padding that is not given'],
    ['padding without numbers', { padding: 'EXPLICIT' }, 'Conv2D "c" has the padding EXPLICIT'],
    ['strides of 0', { padding: 'SAME', strides: [1, 0, 1, 1] }, 'the strides of Conv2D "c" are 1,0,1,1'],
    ['strides that are text', { padding: 'SAME', strides: 'two' }, 'the attribute "strides" of Conv2D "c" is no list of integers'],
    ['channels in front', { padding: 'SAME', data_format: 'NCHW' }, 'the channels of Conv2D "c" do not come last'],
    ['windows that do not fit', { padding: 'VALID', dilations: [1, 4, 1, 1] }, 'the window of Conv2D "c" is larger'],
  ])('refuses %s', (_, attributes, message) => {
    expect(() => slide(attributes)).toThrow(message);
  });
});
