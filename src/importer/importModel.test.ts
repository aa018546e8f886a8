import { expect, it, vi } from 'vitest';
import { chooseForms } from './chooseForms.js';
import { importModel } from './importModel.js';
import { inspectModel } from './inspectModel.js';
import { ripple } from './onnx/fixtures/onnxCases.js';
import { writeOnnx } from './onnx/fixtures/writeOnnx.js';

vi.mock('./chooseForms.js', { spy: true });

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

it('tries the bits of weights with pictures as the option says that they are fed', async () => {
  const probed = async (normalize?: { mean: number; scale: number }) => {
    // No scaling of its own, which would become part of what the network is fed.
    const plain = writeOnnx({
      nodes: [
        ['Conv', 'x w', 'y'],
        ['GlobalAveragePool', 'y', 'embedding'],
      ],
      weights: { w: { shape: [8, 3, 3, 3], values: ripple(8 * 27, 0.5) } },
      input: [1, 3, 16, 16],
    });
    await importModel({ name: 'x.onnx', bytes: plain }, { id: 'case', ...(normalize && { normalize }) });
    const { picture } = vi.mocked(chooseForms).mock.lastCall![2][0];
    return { least: Math.min(...picture), most: Math.max(...picture) };
  };
  const usual = await probed();
  expect(usual.least).toBeGreaterThanOrEqual(-1);
  expect(usual.most).toBeLessThanOrEqual(1);
  const levels = await probed({ mean: 0, scale: 1 });
  expect(levels.least).toBeCloseTo(127.5 * (usual.least + 1), 3);
  expect(levels.most).toBeCloseTo(127.5 * (usual.most + 1), 3);
});

it('passes on what the caller’s own function throws, which says nothing about the file', async () => {
  const error = new Error('the dialog was closed');
  const onProgress = ({ stage }: { stage: string }) => {
    if (stage === 'write') throw error;
  };
  await expect(importModel({ name: 'x.onnx', bytes }, { id: 'case', onProgress })).rejects.toBe(error);
});

it('takes no options that are none, also to look into a file', async () => {
  const inspect = (options: object) => inspectModel({ name: 'x.onnx', bytes }, options);
  await expect(inspect({ inputsize: 16 })).rejects.toThrow('expected one of the options architecture, inputSize, signal, got inputsize');
  await expect(inspect({ inputSize: 1.5 })).rejects.toThrow('expected inputSize to be a number of pixels from 16 to 1024, got 1.5');
  await expect(inspect({ architecture: 7 })).rejects.toThrow('expected architecture to be a text, got 7');
  await expect(inspect({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  expect((await inspect({ inputSize: 16 })).format).toContain('ONNX');
});

it('tells a SavedModel from a network in ONNX', async () => {
  const saved = Uint8Array.of(8, 1, 0x12, 4, 1, 2, 3, 4);
  await expect(importModel({ name: 'saved_model.pb', bytes: saved }, { id: 'case' })).rejects.toThrow('is a SavedModel');
});
