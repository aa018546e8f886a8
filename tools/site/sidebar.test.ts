import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sidebar } from './sidebar.mjs';

it('places every page: named ones first, a folder by order and title; refuses one that has no place', async () => {
  const docs = await mkdtemp(join(tmpdir(), 'visavis-docs-'));
  try {
    await mkdir(join(docs, 'guides'));
    await mkdir(join(docs, 'node_modules'));
    await writeFile(join(docs, 'index.md'), '# Home');
    await writeFile(join(docs, 'errors.md'), '# Errors, by `code` of `<x>` & more');
    await writeFile(join(docs, 'node_modules/read.md'), '# Not of the site');
    await writeFile(join(docs, 'guides/a.md'), '# Banks');
    await writeFile(join(docs, 'guides/b.md'), '---\ntitle: "Angular"\n---\n# Another\n');
    await writeFile(join(docs, 'guides/c.md'), '---\norder: 1\n---\n\n# First\n');
    const links = [
      { text: 'First', link: '/guides/c' },
      { text: 'Angular', link: '/guides/b' },
      { text: 'Banks', link: '/guides/a' },
    ];
    expect(sidebar(docs)).toEqual([
      { text: 'Guides', items: links },
      { text: 'Reference', items: [{ text: 'Errors, by code of &lt;x> &amp; more', link: '/errors' }] },
    ]);
    await writeFile(join(docs, 'lost.md'), '# Lost');
    expect(() => sidebar(docs)).toThrow('no place in the sidebar for lost.md');
  } finally {
    await rm(docs, { recursive: true });
  }
});
