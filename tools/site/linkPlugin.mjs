import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteLink, rewritePicture } from './rewriteLink.mjs';

const ROOT = join(import.meta.dirname, '../..');
const exists = (/** @type {string} */ file) => existsSync(join(ROOT, file));

/**
 * @typedef {{ type: string, children: Token[] | null, content: string, attrGet(name: string): string | null,
 *   attrSet(name: string, value: string): void }} Token
 * @typedef {{ tokens: Token[], env: { relativePath?: string } }} State
 */

/**
 * Rewrites the links and pictures of every page before VitePress looks at them.
 *
 * @param {{ core: { ruler: { push(name: string, rule: (state: State) => void): void } } }} markdown markdown-it
 */
export function linkPlugin(markdown) {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const page = env.relativePath;
    if (page === undefined) return;
    for (const { children } of tokens) if (children) rewrite(children, page);
  });
}

/** @param {Token[]} tokens of one line of text @param {string} page */
function rewrite(tokens, page) {
  let dropped = false;
  for (const token of tokens) {
    if (token.type === 'image') token.attrSet('src', rewritePicture(token.attrGet('src') ?? '', page));
    if (token.type === 'link_close' && dropped) {
      toNothing(token);
      dropped = false;
    }
    if (token.type !== 'link_open') continue;
    const place = rewriteLink(token.attrGet('href') ?? '', page, { exists });
    if (!place) {
      toNothing(token);
      dropped = true;
      continue;
    }
    token.attrSet('href', place.href);
    if (place.target) token.attrSet('target', place.target);
  }
}

/** @param {Token} token */
function toNothing(token) {
  token.type = 'text';
  token.content = '';
}
