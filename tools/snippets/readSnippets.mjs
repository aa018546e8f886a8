import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractSnippets } from './extractSnippets.mjs';

const ROOT = join(import.meta.dirname, '../..');

/** The snippets of every file that shows code which uses the library. */
export async function readSnippets() {
  const files = ['README.md', ...(await namesIn('docs', '.md')), ...(await namesIn('examples', '.html'))];
  const snippets = files.map(async (file) => extractSnippets(file, await readFile(join(ROOT, file), 'utf8')));
  return (await Promise.all(snippets)).flat();
}

/** @param {string} folder @param {string} extension */
async function namesIn(folder, extension) {
  return (await readdir(join(ROOT, folder))).filter((name) => name.endsWith(extension)).map((name) => `${folder}/${name}`);
}
