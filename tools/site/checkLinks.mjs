import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const LINK = /<(?:a|area|link|img|script|source|iframe|use)\b[^>]*?\s(?:href|src)="([^"]*)"/g;
const ID = /\s(?:id|name)="([^"]+)"/g;
/** Fetched by the page itself, wherever it is opened: nothing outside of the site may be. A link that somebody clicks on may lead anywhere. */
const LOADED_FROM_OUTSIDE = /<(?:link\b[^>]*?\shref|(?:img|script|source|iframe)\b[^>]*?\ssrc)="((?:https?:)?\/\/[^"]*)"/g;

/**
 * What is wrong with the links of a built site: files and anchors that are not there, and files that a page loads from elsewhere.
 *
 * @param {string} folder of the site
 * @param {string} [base] the address that it is built for, with a slash at both ends
 * @returns {{ pages: number, links: number, faults: string[] }}
 */
export function checkLinks(folder, base = '/') {
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll('\\', '/').replace(/^\//, '')),
  );
  const pages = [...files].filter((name) => name.endsWith('.html'));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
  const anchors = new Map([...texts].map(([page, text]) => [page, new Set([...text.matchAll(ID)].map(([, id]) => plain(id ?? '')))]));
  /** @type {Set<string>} */
  const faults = new Set();
  let links = 0;
  for (const [page, text] of texts) {
    for (const [, address] of text.matchAll(LOADED_FROM_OUTSIDE)) faults.add(`${page} loads ${address} from elsewhere`);
    for (const [, written] of text.matchAll(LINK)) {
      const href = plain(written ?? '');
      if (/^([a-z][a-z+.-]*:|\/\/)/i.test(href)) continue;
      links += 1;
      const [path = '', hash = ''] = href.split(/#(.*)/s);
      const target = fileOf(path.split('?')[0] ?? '', page, base);
      if (target === null) faults.add(`${page} links to ${href}, which is outside of ${base}`);
      // Shown only where the demo's server is there to answer.
      else if (target.startsWith('playground/api/')) continue;
      else if (!files.has(target)) faults.add(`${page} links to ${href}, which there is not`);
      // The demo's fragments choose a tab; they are no anchors.
      else if (hash && !target.startsWith('playground/') && anchors.get(target)?.has(decodeURIComponent(hash)) === false)
        faults.add(`${page} links to ${href}: the page has no such anchor`);
    }
  }
  return { pages: pages.length, links, faults: [...faults].sort() };
}

/** @param {string} path of a link @param {string} page @param {string} base @returns {string | null} null if it is outside of the site */
function fileOf(path, page, base) {
  if (path === '') return page;
  if (path.startsWith('/') && !path.startsWith(base) && `${path}/` !== base) return null;
  const inside = path.startsWith('/') ? path.slice(base.length) : posix.join(posix.dirname(page), path);
  const file = decodeURIComponent(inside).replace(/^\.\/?/, '');
  if (file.startsWith('..')) return null;
  if (file === '' || file.endsWith('/')) return `${file}index.html`;
  return file;
}

/** @param {string} text of an attribute */
function plain(text) {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
