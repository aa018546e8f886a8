import { gunzipSync, gzipSync } from 'node:zlib';
import type { Header } from 'tar-stream';
import { expect, it } from 'vitest';
import { packTar } from './fixtures/packTar.js';
import { unpackModel } from './unpackModel.js';

const GOOD = [
  [{ name: 'package/manifest.json' }, '{}'],
  [{ name: 'package/weights.bin' }, Buffer.alloc(1000, 7)],
] as const;

it('reads what npm packs', async () => {
  const files = await unpackModel(await packTar([[{ name: 'package/', type: 'directory' }], ...GOOD]), 'x.tgz');
  expect([...files].map(([name, { length }]) => [name, length])).toEqual([
    ['manifest.json', 2],
    ['weights.bin', 1000],
  ]);
});

const WRONG: Record<string, Partial<Header> & Pick<Header, 'name'>> = {
  'a path that leads out': { name: 'package/../../evil.json' },
  'a path that leads out at once': { name: '../package/evil.json' },
  'an absolute path': { name: '/package/evil.json' },
  'a path of Windows': { name: 'package/..\\evil.json' },
  'a folder in the folder': { name: 'package/a/evil.json' },
  'another folder': { name: 'other/evil.json' },
  'a name that begins with a dot': { name: 'package/.npmrc' },
  'a name twice': { name: 'package/manifest.json' },
  'a symbolic link': { name: 'package/evil.json', type: 'symlink', linkname: '/etc/passwd' },
  'a hard link': { name: 'package/evil.json', type: 'link', linkname: 'package/manifest.json' },
};

it.each(Object.entries(WRONG))('refuses %s', async (_name, header) => {
  const packed = await packTar([...GOOD, [header]]);
  await expect(unpackModel(packed, 'x.tgz')).rejects.toThrow(/^x\.tgz is no packed model: it holds ".*expected one folder "package"/);
});

it('refuses what unpacks to too much, before it is all unpacked', async () => {
  const bomb = await packTar([[{ name: 'package/weights.bin' }, Buffer.alloc(1 << 20)]]);
  expect(bomb.length).toBeLessThan(10_000);
  await expect(unpackModel(bomb, 'x.tgz', 1000)).rejects.toThrow('unpacks to more than 1000 bytes');
});

it('refuses damaged files, and ends', async () => {
  const packed = await packTar(GOOD);
  const tar = gunzipSync(packed);
  const negative = Buffer.from(tar);
  negative.write('-0000000777\0', 124, 'latin1');
  const sum = negative.subarray(0, 512).reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  negative.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const flipped = Buffer.from(tar);
  flipped[10] ^= 1;
  const damaged = [
    packed.subarray(0, -20),
    Buffer.from('no archive'),
    gzipSync(flipped),
    gzipSync(tar.subarray(0, 1800)),
    gzipSync(negative),
  ];
  for (const bytes of damaged) await expect(unpackModel(bytes, 'x.tgz')).rejects.toThrow(/^x\.tgz is no packed model: /);
});
