import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { COPIED_PAGES } from './pages.mjs';

/**
 * Brings the files that are pages although they stand outside of docs/ into docs/project/, anew.
 *
 * @param {string} root of the repository
 */
export async function copyPages(root) {
  const docs = join(root, 'docs');
  await rm(join(docs, 'project'), { recursive: true, force: true });
  for (const { page, file } of COPIED_PAGES) {
    if (!existsSync(join(root, file))) continue;
    await mkdir(dirname(join(docs, page)), { recursive: true });
    await copyFile(join(root, file), join(docs, page));
  }
}
