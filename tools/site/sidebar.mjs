import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COPIED_PAGES, NO_PAGES, SECTIONS } from './pages.mjs';

/**
 * @typedef {{ text: string, link?: string, items?: Item[] }} Item
 * @typedef {{ title: string, order: number }} Head
 */

/** @type {ReadonlyMap<string, string>} */
const NAMES = new Map(COPIED_PAGES.map(({ page, name }) => [page, name]));

/**
 * The sidebar of what stands in `docs` now. Throws if a page has no place in it, as nobody would find that page.
 *
 * @param {string} docs the folder
 * @returns {Item[]}
 */
export function sidebar(docs) {
  const pages = pagesIn(docs);
  const left = new Set(pages.filter((page) => page !== 'index.md'));
  const items = SECTIONS.map(({ title, pages: named = [], folders = [] }) => {
    const found = [...named.filter((page) => pages.includes(page)), ...folders.flatMap((folder) => inFolder(docs, pages, folder))].filter(
      (page) => left.has(page),
    );
    for (const page of found) left.delete(page);
    const links = found.map((page) => ({
      text: asHtml(NAMES.get(page) ?? headOf(docs, page).title),
      link: `/${page.replace(/(?<=\/)index\.md$|\.md$/, '')}`,
    }));
    return { text: title, items: links };
  });
  if (left.size > 0) throw new Error(`tools/site/pages.mjs has no place in the sidebar for ${[...left].join(', ')}`);
  return items.filter((section) => section.items.length > 0);
}

/** VitePress reads a sidebar's texts as HTML. @param {string} text */
function asHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Every page below `docs`. @param {string} docs @returns {string[]} */
function pagesIn(docs) {
  return readdirSync(docs, { withFileTypes: true })
    .filter(({ name }) => !NO_PAGES.includes(name))
    .flatMap((entry) => {
      if (!entry.isDirectory()) return entry.name.endsWith('.md') ? [entry.name] : [];
      return readdirSync(join(docs, entry.name), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${entry.name}/${name.replaceAll('\\', '/')}`);
    });
}

/** @param {string} docs @param {readonly string[]} pages @param {string} folder */
function inFolder(docs, pages, folder) {
  const heads = pages.filter((page) => page.startsWith(`${folder}/`)).map((page) => ({ page, ...headOf(docs, page) }));
  const known = COPIED_PAGES.map(({ page }) => page);
  const place = (/** @type {string} */ page) => known.indexOf(page);
  return heads
    .sort((a, b) => a.order - b.order || place(a.page) - place(b.page) || a.title.localeCompare(b.title, 'en'))
    .map(({ page }) => page);
}

/** What a page says of itself: its front matter's `title` and `order`, or its first heading. @param {string} docs @param {string} page @returns {Head} */
function headOf(docs, page) {
  const text = readFileSync(join(docs, page), 'utf8');
  const front = /^---\n([^]*?)\n---\n/.exec(text)?.[1] ?? '';
  const value = (/** @type {string} */ name) => new RegExp(`^${name}: *(.+?) *$`, 'm').exec(front)?.[1]?.replace(/^(['"])(.*)\1$/, '$2');
  const title = value('title') ?? /^# +(.+)$/m.exec(text)?.[1] ?? page;
  return { title: title.replace(/`/g, ''), order: Number(value('order') ?? 1000) };
}
