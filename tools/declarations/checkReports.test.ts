import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkReports } from './checkReports.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, declarations: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `# Report\n\n\`\`\`ts\n${declarations}\n\`\`\`\n`);
}

const check = (changelog: string, version = '0.10.0') =>
  checkReports({ version, entries: ['visavis', 'testing'], fresh: join(folder, 'fresh'), all: join(folder, 'all'), changelog });

it('compares with the reports of this version and of the one before, by number', async () => {
  await write('all/0.2.0/visavis.api.md', 'export type Oldest = 1;');
  await write('all/0.9.0/visavis.api.md', 'export type A = 1;');
  await write('all/0.10.0/visavis.api.md', 'export type A = 2;');
  await write('all/0.10.0/testing.api.md', 'export type T = 1;');
  await write('fresh/visavis.api.md', 'export type A = 2;');
  await write('fresh/testing.api.md', 'export type T = 1;');
  expect(await check('## 0.10.0 – 2026-11-29\n\n- `A` is 2, in the new entry `visavis/testing` `T`.\n')).toEqual([]);
  expect(await check('## 0.10.0 (unreleased)\n\n- nothing\n\n## 0.9.0\n\n- `A` and `T`\n')).toEqual([
    'CHANGELOG.md does not say, for 0.10.0, what has changed in visavis: A (changed)',
    'CHANGELOG.md does not say, for 0.10.0, what has changed in visavis/testing: T (new)',
  ]);
  expect(await check('## 0.10.0-beta\n')).toEqual(['CHANGELOG.md has no section ## 0.10.0']);

  await write('fresh/visavis.api.md', 'export type A = 3;');
  expect(await check('## 0.10.0\n\n- `A`, `T`\n')).toEqual([
    'The public API of visavis has changed: say so in CHANGELOG.md, and check in what npm run api writes',
  ]);
});

it('says what is missing where nothing has been built', async () => {
  await mkdir(join(folder, 'all'));
  expect(await check('## 0.10.0\n')).toEqual(['There is no report of what is built: npm run build writes it']);
});

it('has nothing to tell of a first version, and demands its reports', async () => {
  await write('fresh/visavis.api.md', 'export type A = 1;');
  await write('fresh/testing.api.md', 'export type T = 1;');
  await mkdir(join(folder, 'all'));
  expect(await check('## 0.1.0\n\n- `visavis` and `visavis/testing`\n', '0.1.0')).toHaveLength(2);
});
