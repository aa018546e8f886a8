import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileSnippets } from './compileSnippets.mjs';
import { extractSnippets } from './extractSnippets.mjs';

const ROOT = join(import.meta.dirname, '../..');
const NEWEST = [{ folder: 'tools/compilers/newest', resolution: { module: 'NodeNext', moduleResolution: 'NodeNext' } }];

it('names the line of the document where a snippet is wrong', { timeout: 120_000 }, async () => {
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, '.cache/snippets-'));
  try {
    const installed = join(folder, 'node_modules/visavis');
    await mkdir(join(installed, 'dist'), { recursive: true });
    await cp(join(ROOT, 'package.json'), join(installed, 'package.json'));
    await writeFile(join(installed, 'dist/visavis.d.ts'), 'export function distance(a: Float32Array, b: Float32Array): number;\n');
    const text = "# Title\n\n```ts\nimport { distance } from 'visavis';\n\nconst text: string = distance(new Float32Array(), 3);\n```\n";
    const { compilers, faults } = await compileSnippets(folder, extractSnippets('docs/a.md', text), NEWEST);
    expect(compilers).toEqual([expect.stringMatching(/^TypeScript \d/)]);
    const complaints = faults.join('\n').split('\n');
    expect(complaints.filter((line) => line.startsWith('docs/a.md'))).toEqual([
      "docs/a.md(6,7): error TS2322: Type 'number' is not assignable to type 'string'.",
      expect.stringMatching(/^docs\/a\.md\(6,51\): error TS2345: Argument of type 'number'/),
    ]);
    // The prelude speaks of types that this package lacks: declarations are checked too.
    expect(complaints).toContainEqual(expect.stringMatching(/^tools\/snippets\/project\/prelude\.d\.ts\(\d+,\d+\): error/));
  } finally {
    await rm(folder, { recursive: true });
  }
});
