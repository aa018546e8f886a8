import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { multiplyAdds } from '../../graph/multiplyAdds.js';
import { pytorchReader } from '../pytorch/pytorchReader.js';

const FOLDER = join(import.meta.dirname, '../../../training/checkpoints');

it.each([
  ['mobilenet-160.pt', 'MobileNet v1', 290],
  ['inception-160.pt', 'FaceNet NN3 (Inception, 160 pixels)', 815],
])(
  'reads this project’s own checkpoint %s, with nothing left out',
  async (name, architecture, millions) => {
    const file = { name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))) };
    expect(pytorchReader.matches(file)).toBe(true);
    const imported = await pytorchReader.read(file, {});
    expect(imported).toMatchObject({ architecture, notes: ["The weights are those in 'student'."] });
    expect(Math.round(multiplyAdds(imported.graph, [imported.output]) / 1e6)).toBe(millions);
  },
  30_000,
);
