import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractSnippets } from './extractSnippets.mjs';

const ROOT = join(import.meta.dirname, '../..');
/** Inside docs/: what the site's tools write or install. */
const NOT_OURS = /(^|\/)(\.vitepress|node_modules|api|project|public)\//;

/** The snippets of every file that shows code which uses the library. */
export async function readSnippets() {
  const files = ['README.md', ...(await namesIn('docs', '.md')), ...(await namesIn('examples', '.html'))];
  const snippets = files.map(async (file) => extractSnippets(file, await readFile(join(ROOT, file), 'utf8')));
  return (await Promise.all(snippets)).flat();
}

/** @param {string} folder @param {string} extension */
async function namesIn(folder, extension) {
  const names = (await readdir(join(ROOT, folder), { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => name.endsWith(extension) && !NOT_OURS.test(name)).map((name) => `${folder}/${name}`);
}
