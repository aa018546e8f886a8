import { expect, it } from 'vitest';
import { importModel } from './importModel.js';
import { ripple } from './onnx/fixtures/onnxCases.js';
import { writeOnnx } from './onnx/fixtures/writeOnnx.js';

/** A network that normalizes its picture itself, as MXNet's recognizers do. */
const bytes = writeOnnx({
  nodes: [
    ['Sub', 'x mean', 'moved'],
    ['Mul', 'moved scale', 'scaled'],
    ['Conv', 'scaled w', 'y'],
    ['GlobalAveragePool', 'y', 'pooled'],
    ['Flatten', 'pooled', 'embedding'],
  ],
  weights: {
    mean: { shape: [], values: [127.5] },
    scale: { shape: [], values: [1 / 128] },
    w: { shape: [8, 3, 3, 3], values: ripple(8 * 27, 0.5) },
  },
  input: [1, 3, 16, 16],
});

it('says where a picture would be normalized twice', async () => {
  const notes = async (normalize?: { mean: number; scale: number }) => {
    const { report } = await importModel({ name: 'x.onnx', bytes }, { id: 'case', ...(normalize && { normalize }) });
    return report.notes.filter((note) => note.includes('scales its picture itself'));
  };
  expect(await notes()).toEqual([expect.stringContaining('--normalize 0,1')]);
  expect(await notes({ mean: 0, scale: 1 })).toEqual([]);
});

it('does not call a network what the file does not say', async () => {
  const { report } = await importModel({ name: 'x.onnx', bytes }, { id: 'case', architecture: 'mobilenet' });
  expect(report.architecture).toBe('unknown');
  expect(report.notes).toContainEqual(expect.stringContaining('the architecture mobilenet, which was asked for, was not used'));
});

it('tells a SavedModel from a network in ONNX', async () => {
  const saved = Uint8Array.of(8, 1, 0x12, 4, 1, 2, 3, 4);
  await expect(importModel({ name: 'saved_model.pb', bytes: saved }, { id: 'case' })).rejects.toThrow('is a SavedModel');
});
