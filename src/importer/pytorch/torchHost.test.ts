import { describe, expect, it } from 'vitest';
import { readPickle } from '../pickle/readPickle.js';
import { torchHost, TorchTensor } from './torchHost.js';

const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const read = (...parts: readonly (string | readonly number[])[]) =>
  readPickle(
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? letters(part) : part))),
    0,
    'p',
    torchHost({ script: false }),
  ).value;

/** A list of so many items, kept as the memo's number 1. */
const list = (count: number) => [...letters(']('), ...Array.from({ length: count }, () => 0x4e), ...letters('eq'), 1, ...letters('0')];

describe('torchHost', () => {
  it('makes dictionaries of lists, as old files have them', () => {
    const pair = [...letters('K'), 1, ...letters('K'), 2, 0x86];
    expect(read('ccollections\nOrderedDict\n](', pair, 'e', [0x85], 'R.')).toEqual(new Map([[1, 2]]));
  });

  it('refuses a pickle that makes dictionaries of one long list again and again', () => {
    const make = [...letters('h'), 0, ...letters('h'), 1, 0x85, ...letters('R0')];
    const calls = Array.from({ length: 100 }, () => make).flat();
    expect(() => read(list(9000), 'ccollections\nOrderedDict\nq', [0], '0', calls, 'N.')).toThrow(
      'dictionaries of lists with more than 100000 items',
    );
  });

  it('refuses a tensor whose axes are one long list', () => {
    const storage = ['(X', [7, 0, 0, 0], 'storagectorch\nFloatStorage\nX', [1, 0, 0, 0], '0X', [3, 0, 0, 0], 'cpuK', [1], 'tQ'] as const;
    const tensor = (axes: number) =>
      read(list(axes), 'ctorch._utils\n_rebuild_tensor_v2\n(', ...storage, 'K', [0], 'h', [1], 'h', [1], 'tR.');
    expect(tensor(8)).toBeInstanceOf(TorchTensor);
    expect(() => tensor(2000)).toThrow('The pickle holds a tensor of 2000 axes');
  });
});
