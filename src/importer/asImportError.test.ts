import { expect, it } from 'vitest';
import { VisavisError } from '../shared/VisavisError.js';
import { asImportError } from './asImportError.js';

const thrown = (error: unknown) =>
  asImportError(() => {
    throw error;
  });

it('blames the file for what is too large or too deep, and passes on what is not about it', async () => {
  for (const make of [(): unknown => new Float32Array(2 ** 60), (): unknown => JSON.stringify(nested(100_000))]) {
    await expect(asImportError(make)).rejects.toMatchObject({ code: 'import-failed' });
  }
  await expect(thrown(new Error('no such operation'))).rejects.toMatchObject({ code: 'import-failed' });
  const over = new VisavisError('aborted', 'The call was aborted by its signal.');
  await expect(thrown(over)).rejects.toBe(over);
  await expect(thrown(new TypeError('a fault of ours'))).rejects.toThrow(TypeError);
});

function nested(depth: number): unknown {
  let value: unknown = null;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}
