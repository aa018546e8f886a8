import { expect, it } from 'vitest';
import { packTar } from './fixtures/packTar.js';
import { unpackFile } from './unpackFile.js';

const PACKED = packTar([
  [{ name: 'package/package.json' }, '{}'],
  [{ name: 'package/model/a.onnx' }, Buffer.alloc(1000, 7)],
  [{ name: 'package/../model/b.onnx' }, 'b'],
  [{ name: 'package/model/c.onnx', type: 'symlink', linkname: '/etc/passwd' }],
]);

it('takes one file of a package', async () => {
  expect(await unpackFile(await PACKED, 'model/a.onnx', 'x')).toEqual(Buffer.alloc(1000, 7));
});

it('refuses what is not there, links, damage, and what unpacks to too much', async () => {
  const packed = await PACKED;
  await expect(unpackFile(packed, 'model/d.onnx', 'x@1.0.0')).rejects.toThrow('x@1.0.0 has no file model/d.onnx');
  await expect(unpackFile(packed, 'model/c.onnx', 'x')).rejects.toThrow('x has no file model/c.onnx');
  await expect(unpackFile(packed.subarray(0, -20), 'model/a.onnx', 'x')).rejects.toThrow('x is no packed package');
  await expect(unpackFile(packed, 'model/a.onnx', 'x', 500)).rejects.toThrow('more than 500 bytes');
});
