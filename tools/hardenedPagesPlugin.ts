import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { contentPolicy } from '../demo/server/securityHeaders.js';
import { integrityOf } from './integrityPlugin.js';

/** A URL of a script, a style or a module that the page loads immediately. */
const LOADED = /(<script\b[^>]*\bsrc|<link\b[^>]*\brel="(?:stylesheet|modulepreload)"[^>]*\bhref)="(\.\/[^"]+)"/g;

/**
 * Built pages carry their own policy, for hosts where headers cannot be set, and the hash of every file that they load immediately: a file
 * that was changed afterwards does not run. What is preloaded has no other hash: browsers that fetch a refused module again, when it is imported, do not
 * check it then (docs/security.md).
 */
export function hardenedPagesPlugin(): Plugin {
  return {
    name: 'visavis:hardened-pages',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: contentPolicy('meta') }, injectTo: 'head-prepend' },
    ],
    async writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => file.endsWith('.html'))) {
        const page = join(dir!, name);
        let html = await readFile(page, 'utf8');
        for (const [found, start, url] of html.matchAll(LOADED)) {
          const integrity = integrityOf(await readFile(join(dir!, url)));
          html = html.replace(found, () => `${start}="${url}" integrity="${integrity}"`);
        }
        await writeFile(page, html);
      }
    },
  };
}
