import { describe, expect, it } from 'vitest';
import { describeModels } from './describeModels.mjs';

const layer = (kind: string, parameters: number, products: number) => ({ name: 'l', kind, output: [1], parameters, products });
const point = { fmr: 0.01, threshold: 1.2, fnmr: 0.0512, fnmrInterval: [0.04, 0.061] };

describe('describeModels', () => {
  it('puts models beside each other, whole and by kind of layer', () => {
    const small = {
      manifest: { id: 'small', version: '1.0.0', embedder: { operatingPoints: [point], measurement: { dataset: 'faces' } } },
      layers: [layer('1×1 convolution', 1000, 2e6), layer('1×1 convolution', 2000, 3e6), layer('mean', 0, 0)],
      bytes: 3_400_000,
      brotli: 1_800_000,
      times: [{ name: 'visavis', threads: 2, median: 12.84 }],
    };
    const large = { ...small, manifest: { id: 'large', version: '2.0.0', embedder: { operatingPoints: [], measurement: null } } };
    const lines = describeModels([small, { ...large, layers: [layer('5×5 convolution', 1_500_000, 9e6)] }]).split('\n');
    const cells = (what: string) =>
      lines
        .filter((line) => line.includes(what))
        .map((line) =>
          line
            .split('|')
            .map((cell) => cell.trim())
            .slice(2, -1),
        );
    expect(lines[0]).toContain('`small` 1.0.0');
    expect(cells('multiply-adds an embedding')).toEqual([['5.0 M', '9.0 M']]);
    expect(cells('| parameters ')[0]).toEqual(['0.00 M', '1.50 M']);
    expect(cells('1 false match in 100 ')).toEqual([['5.1 % (95 %: 4.0 … 6.1)', '–']]);
    expect(cells('milliseconds')).toEqual([
      ['–', '–'],
      ['12.8', '12.8'],
      ['–', '–'],
    ]);
    expect(cells('measured on')).toEqual([['faces', 'not measured']]);
    expect(cells('1×1 convolution')).toEqual([['2', '3,000', '5.0', '–', '–', '–']]);
    expect(cells('5×5 convolution')).toEqual([['–', '–', '–', '1', '1,500,000', '9.0']]);
  });
});
