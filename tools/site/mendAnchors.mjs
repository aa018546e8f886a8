import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { githubSlug } from './githubSlug.mjs';

/**
 * TypeDoc's Markdown counts `Vault.export` and `VaultExport` as the same anchor, and links to `#vaultexport-1` where the page has
 * `#vaultexport`. Such links get the anchor that is there.
 *
 * @param {string} folder of Markdown files
 */
export async function mendAnchors(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
  const texts = new Map(await Promise.all(files.map(async (file) => /** @type {const} */ ([file, await readFile(file, 'utf8')]))));
  for (const [file, mended] of mendTexts(texts)) if (mended !== texts.get(file)) await writeFile(file, mended);
}

/** @param {ReadonlyMap<string, string>} texts of pages, by file; so are the results */
export function mendTexts(texts) {
  const anchors = new Map([...texts].map(([file, text]) => [file, anchorsOf(text)]));
  return new Map(
    [...texts].map(([file, text]) => [
      file,
      text.replaceAll(/\]\(([^)#\s]*)#([^)]+?)(-\d+)\)/g, (link, /** @type {string} */ path, slug, count) => {
        const there = anchors.get(path ? join(dirname(file), path) : file);
        return !there || there.has(slug + count) || !there.has(slug) ? link : `](${path}#${slug})`;
      }),
    ]),
  );
}

/** @param {string} text */
function anchorsOf(text) {
  /** @type {Set<string>} */
  const anchors = new Set();
  for (const [, heading = ''] of text.matchAll(/^#+ (.+)$/gm)) {
    const slug = githubSlug(heading);
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}
