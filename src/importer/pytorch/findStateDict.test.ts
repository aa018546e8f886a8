import { describe, expect, it } from 'vitest';
import { PickleObject, type PickleValue } from '../pickle/PickleValue.js';
import { findStateDict } from './findStateDict.js';
import { TorchTensor } from './torchHost.js';

const tensor = () =>
  new TorchTensor({ storage: { key: '0', kind: 'float32', bytesEach: 4, count: 1, start: 0 }, offset: 0, size: [], stride: [] });
const dictionary = (entries: Record<string, PickleValue>) => new Map<PickleValue, PickleValue>(Object.entries(entries));
const module = (type: string, attributes: Record<string, PickleValue>) => {
  const object = new PickleObject(type);
  object.attributes = dictionary(attributes);
  return object;
};

describe('findStateDict', () => {
  it('takes a state_dict as it is', () => {
    const { tensors, notes } = findStateDict(dictionary({ a: tensor(), 'b.c': tensor(), version: 1 }));
    expect([...tensors.keys()]).toEqual(['a', 'b.c']);
    expect(notes).toEqual([]);
  });

  it('finds the one within a checkpoint by its name, and says what else there is', () => {
    const optimizer = dictionary({ big: dictionary({ x: tensor(), y: tensor(), z: tensor() }) });
    const { tensors, notes } = findStateDict(
      dictionary({ epoch: 3, optimizer, state_dict: dictionary({ w: tensor() }), ema: dictionary({ w: tensor() }) }),
    );
    expect([...tensors.keys()]).toEqual(['w']);
    expect(notes).toEqual(["The weights are those in 'state_dict'; not those in 'optimizer.big', 'ema'."]);
  });

  it('takes the one with most tensors where no name is a usual one', () => {
    const { tensors, notes } = findStateDict(dictionary({ a: dictionary({ w: tensor() }), b: dictionary({ w: tensor(), v: tensor() }) }));
    expect([...tensors.keys()]).toEqual(['w', 'v']);
    expect(notes[0]).toContain("'b'; not those in 'a'");
  });

  it('joins the names of modules', () => {
    const root = module('__torch__.Net', { training: false, conv: module('__torch__.Conv', { weight: tensor() }), scale: tensor() });
    expect([...findStateDict(root).tensors.keys()].sort()).toEqual(['conv.weight', 'scale']);
  });

  it('refuses a file without tensors, and modules that are nested without end', () => {
    expect(() => findStateDict(dictionary({}))).toThrow(/no tensors in the file/);
    expect(() => findStateDict(3)).toThrow(/no tensors in the file/);
    expect(() => findStateDict(module('Net', { training: true }))).toThrow(/no tensors in the file: Net has no weights/);
    const loop = module('Loop', {});
    loop.attributes = dictionary({ self: loop });
    expect(() => findStateDict(loop)).toThrow(/Loop is nested too deeply/);
    // Sixty modules, each twice within the one before: 2⁶⁰ paths.
    let many = module('Last', { w: tensor() });
    for (let i = 0; i < 60; i++) many = module('Many', { a: many, b: many });
    expect(() => findStateDict(many)).toThrow(/has more parts than any face recognizer/);
  });
});
