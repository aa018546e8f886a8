import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpret } from '../../graph/interpret.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import { compareEmbeddings } from '../compareEmbeddings.js';
import { processorClock } from '../fixtures/processorClock.js';
import { READERS } from '../readers.js';
import { pytorchReader } from './pytorchReader.js';
import { safetensorsReader } from '../safetensors/safetensorsReader.js';

/**
 * Inception-ResNet-v1 with few channels and one or two blocks of each kind, random weights, at 80 pixels; written by PyTorch 2.13 with what
 * it answers to the golden pattern: as a checkpoint whose tensors share one storage, channels last, keys beginning with `module.`; in the
 * format before 1.6 with filters in TensorFlow's order and a dense layer in doubles; traced; and as safetensors with bfloat16 filters.
 */
const FILES = [
  ['inception-resnet-v1-tiny.pt', 'PyTorch', 'inception-resnet-v1-tiny.output.bin'],
  ['inception-resnet-v1-tiny-legacy.pt', 'PyTorch (before 1.6)', 'inception-resnet-v1-tiny.output.bin'],
  ['inception-resnet-v1-tiny.ts.pt', 'TorchScript (weights)', 'inception-resnet-v1-tiny.output.bin'],
  ['inception-resnet-v1-tiny.safetensors', 'safetensors', 'inception-resnet-v1-tiny-bfloat16.output.bin'],
] as const;
const load = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures', name)));
const read = async (name: string, bytes: Uint8Array, inputSize = 80) => {
  const reader = READERS.find((each) => each.matches({ name, bytes }));
  return reader?.read({ name, bytes }, { inputSize });
};

describe('files that PyTorch wrote', () => {
  it.each(FILES)('%s gives what PyTorch gives', async (name, format, output) => {
    const imported = (await read(name, load(name)))!;
    expect(imported).toMatchObject({ format, architecture: 'Inception-ResNet-v1', input: 'input' });
    const [embedding] = interpret(imported.graph, { input: { shape: [1, 80, 80, 3], values: goldenPattern(80) } }, [imported.output]);
    expect(compareEmbeddings(embedding.values, new Float32Array(load(output).buffer))).toBeGreaterThan(0.999_999);
  });

  it('names the file’s own layers, what was taken and what was left out', async () => {
    const { graph, notes } = (await read(FILES[0][0], load(FILES[0][0])))!;
    expect(graph.nodes.get('module.repeat_2.1.branch1.2.conv')).toMatchObject({ op: 'Conv2D' });
    expect(graph.nodes.get('module.last_bn')).toMatchObject({ op: 'FusedBatchNormV3' });
    expect(notes).toEqual(["The weights are those in 'state_dict'.", 'Left out: module.logits.weight, which only training uses.']);
  });

  it.each(FILES)('%s, cut off anywhere, is refused', async (name) => {
    const whole = load(name);
    const random = seededRandom(7);
    for (let i = 0; i < 60; i++) {
      const reader = name.endsWith('.pt') ? pytorchReader : safetensorsReader;
      const file = { name, bytes: whole.subarray(0, Math.floor(random() * whole.length)) };
      await expect(reader.read(file, { inputSize: 80 })).rejects.toMatchObject({ code: 'import-failed' });
    }
  });

  it.each(FILES)('%s with changed bytes is read or refused, at once', async (name) => {
    const whole = load(name);
    const random = seededRandom(11);
    const reader = name.endsWith('.pt') ? pytorchReader : safetensorsReader;
    const rounds = Number(process.env.FUZZ_ROUNDS ?? 60);
    for (let i = 0; i < rounds; i++) {
      const bytes = whole.slice();
      // Mostly where the structure is: at the start and at the end.
      const region = random() < 0.3 ? bytes.length : Math.min(bytes.length, 40_000);
      for (let changes = Math.ceil(random() * 8); changes > 0; changes--) {
        const at = Math.floor(random() * region);
        bytes[random() < 0.5 ? at : bytes.length - 1 - at] = random() < 0.3 ? 255 : Math.floor(random() * 256);
      }
      const spent = processorClock();
      const outcome = await reader.read({ name, bytes }, { inputSize: 80 }).then(
        () => 'read',
        (error: unknown) => error,
      );
      if (outcome !== 'read') expect(outcome).toMatchObject({ code: 'import-failed' });
      expect(spent()).toBeLessThan(1000);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
