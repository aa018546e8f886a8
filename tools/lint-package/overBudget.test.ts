import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadedWith } from './loadedWith.mjs';
import { overBudget } from './overBudget.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'budgets-'));
  await mkdir(join(folder, 'chunks'));
  await writeFile(
    join(folder, 'entry.js'),
    `import { a } from './chunks/a.js';\nexport const later = () => import('./chunks/late.js').then(() => a);\n`,
  );
  await writeFile(join(folder, 'chunks/a.js'), `export * from './b.js';\nexport const a = 1;\n`);
  await writeFile(join(folder, 'chunks/b.js'), `import '../entry.js';\nexport const b = 2;\n`);
  await writeFile(join(folder, 'chunks/late.js'), `export const late = '${'late'.repeat(1000)}';\n`);
});
afterEach(() => rm(folder, { recursive: true }));

it('counts what is imported statically, once, and not what is imported later', async () => {
  const loaded = await loadedWith(join(folder, 'entry.js'));
  expect([...loaded.keys()].sort()).toEqual(['chunks/a.js', 'chunks/b.js', 'entry.js'].map((name) => join(folder, name)));
  const gzip = [...loaded.values()].reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);
  expect(await overBudget(folder, { 'entry.js': { gzip } }, ['entry.js'])).toEqual({
    sizes: [`entry.js: ${gzip} bytes with gzip, of ${gzip}`],
    faults: [],
  });
  expect((await overBudget(folder, { 'entry.js': { gzip: gzip - 1, brotli: 10_000 } }, [])).faults).toEqual([
    `entry.js: ${gzip} bytes with gzip, of ${gzip - 1}: make it smaller, or raise its budget in tools/lint-package/budgets.json`,
  ]);
});

it('demands a budget for every entry', async () => {
  expect((await overBudget(folder, {}, ['entry.js'])).faults).toEqual(['entry.js has no budget in tools/lint-package/budgets.json']);
});

it('leaves out what an entry stands beside', async () => {
  const gzip = gzipSync(await readFile(join(folder, 'entry.js')), { level: 9 }).length;
  const budget = { gzip, beside: ['chunks/a.js'] };
  await writeFile(join(folder, 'chunks/b.js'), 'export const b = 2;\n');
  expect(await overBudget(folder, { 'entry.js': budget }, ['entry.js'])).toEqual({
    sizes: [`entry.js: ${gzip} bytes with gzip, of ${gzip}`],
    faults: [],
  });
});
