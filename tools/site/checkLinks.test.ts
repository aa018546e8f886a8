import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { checkLinks } from './checkLinks.mjs';

async function check(pages: Record<string, string>, base?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-site-'));
  try {
    for (const [name, text] of Object.entries(pages)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return checkLinks(folder, base);
  } finally {
    await rm(folder, { recursive: true });
  }
}

it('finds files and anchors that are not there', async () => {
  const page = `<h2 id="here">x</h2><a href="#here">a</a><a class="b" href="/b/c.html#there">b</a><img src="./a.png">
    <a href="/b/c.html#gone">c</a><a href="gone.html">d</a><a href="https://example.org/">e</a>`;
  expect(
    await check({ 'index.html': page, 'b/c.html': '<i id="there"></i><a href="../index.html">up</a><a href="../">up</a>', 'a.png': '' }),
  ).toEqual({
    pages: 2,
    links: 7,
    faults: ['index.html links to /b/c.html#gone: the page has no such anchor', 'index.html links to gone.html, which there is not'],
  });
});

it('finds what leaves the base, and what is loaded from elsewhere', async () => {
  const page =
    '<a href="/docs/">a</a><a href="/other/">b</a><script src="https://example.org/a.js"></script><link rel="x" href="//example.org/b">';
  expect((await check({ 'index.html': page }, '/docs/')).faults).toEqual([
    'index.html links to /other/, which is outside of /docs/',
    'index.html loads //example.org/b from elsewhere',
    'index.html loads https://example.org/a.js from elsewhere',
  ]);
});
