import { posix } from 'node:path';
import { COPIED_PAGES } from './pages.mjs';
import { BRANCH, REPOSITORY } from './repository.mjs';

const { dirname, join, relative } = posix;
/** @type {ReadonlyMap<string, string>} */
const FILE_OF_PAGE = new Map(COPIED_PAGES.map(({ page, file }) => [page, file]));
/** @type {ReadonlyMap<string, string>} */
const PAGE_OF_FILE = new Map(COPIED_PAGES.map(({ page, file }) => [file, page]));

/**
 * Where a link of a page leads on the site. Pages are written for two readers: somebody who looks at the file in the repository, where links
 * are relative to it, and the site, where some files have other places and most are no pages at all.
 *
 * @param {string} href as it is written
 * @param {string} page that it is written on, by its path below docs/
 * @param {{ exists: (file: string) => boolean, repository?: string }} world `exists` knows every file and folder of the repository
 * @returns {{ href: string, target?: '_self' } | null} null: there is no such place on the site, so the link is to be plain text
 */
export function rewriteLink(href, page, { exists, repository = REPOSITORY }) {
  if (/^([a-z][a-z+.-]*:|\/\/|#)/i.test(href)) return { href };
  // The demo has pages of its own, which the site's router does not know.
  if (href.startsWith('/playground/')) return { href, target: '_self' };
  if (href.startsWith('/')) return { href };
  const [path, hash = ''] = splitHash(href);
  const from = FILE_OF_PAGE.get(page) ?? `docs/${page}`;
  const file = join(dirname(from), decodeURI(path)).replace(/\/$/, '');
  const copied = PAGE_OF_FILE.get(file);
  if (copied !== undefined) return { href: `${pathTo(copied, page)}${hash}` };
  if (file.startsWith('docs/') && file.endsWith('.md')) return { href: `${pathTo(file.slice('docs/'.length), page)}${hash}` };
  if (!exists(file)) throw new Error(`${from} links to ${file}, which there is not`);
  return repository ? { href: `${repository}/blob/${BRANCH}/${file}${hash}` } : null;
}

/**
 * The address of a picture of a page, which may stand elsewhere than the file that names it.
 *
 * @param {string} src
 * @param {string} page
 */
export function rewritePicture(src, page) {
  const from = FILE_OF_PAGE.get(page);
  if (from === undefined || /^([a-z][a-z+.-]*:|\/)/i.test(src)) return src;
  return relative(join('docs', dirname(page)), join(dirname(from), src));
}

/** @param {string} file below docs/ @param {string} page */
function pathTo(file, page) {
  const path = relative(dirname(page), file);
  return path.startsWith('.') ? path : `./${path}`;
}

/** @param {string} href */
function splitHash(href) {
  const at = href.indexOf('#');
  return at < 0 ? [href] : [href.slice(0, at), href.slice(at)];
}
