import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { githubSlug } from './githubSlug.mjs';

/**
 * TypeDoc's Markdown counts `Vault.export` and `VaultExport` as the same anchor, and links to `#vaultexport-1` where the page has
 * `#vaultexport`. Such links get the anchor that is there.
 *
 * @param {string} folder of Markdown files
 */
export async function mendAnchors(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.md')) continue;
    const file = join(folder, name);
    const text = await readFile(file, 'utf8');
    const mended = mendText(text);
    if (mended !== text) await writeFile(file, mended);
  }
}

/** @param {string} text of a page */
export function mendText(text) {
  /** @type {Set<string>} */
  const anchors = new Set();
  for (const [, heading = ''] of text.matchAll(/^#+ (.+)$/gm)) {
    const slug = githubSlug(heading);
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return text.replaceAll(/\]\(#([^)]+?)-\d+\)/g, (link, slug) =>
    anchors.has(link.slice(3, -1)) || !anchors.has(slug) ? link : `](#${slug})`,
  );
}
