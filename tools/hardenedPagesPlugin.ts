import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { contentPolicy } from '../demo/server/securityHeaders.js';
import { importMap, sourceOf } from './importMap.js';
import { integrityOf } from './integrityPlugin.js';

/** A URL of a script, a style or a module that the page loads immediately. */
const LOADED = /(<script\b[^>]*\bsrc|<link\b[^>]*\brel="(?:stylesheet|modulepreload)"[^>]*\bhref)="(\.\/[^"]+)"/g;

/**
 * Built pages carry their own policy, for hosts where headers cannot be set, and the hash of every module and of the styles that they load
 * immediately: what was changed afterwards does not run. Workers can't be pinned. The import map has the hashes of all modules, loaded immediately or
 * later: a preload's hash is not enough (docs/security.md).
 */
export function hardenedPagesPlugin(): Plugin {
  return {
    name: 'visavis:hardened-pages',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const hashOf = async (name: string) => integrityOf(await readFile(join(dir!, name)));
      const modules = Object.values(bundle).filter(({ type }) => type === 'chunk');
      const hashes = modules.map(async ({ fileName }) => [`./${fileName}`, await hashOf(fileName)] as const);
      const map = importMap(Object.fromEntries(await Promise.all(hashes)));
      const policy = `<meta http-equiv="Content-Security-Policy" content="${contentPolicy('meta', sourceOf(map))}">`;
      for (const name of Object.keys(bundle).filter((file) => file.endsWith('.html'))) {
        const page = join(dir!, name);
        let html = await readFile(page, 'utf8');
        for (const [found, start, url] of html.matchAll(LOADED)) {
          const integrity = await hashOf(url);
          html = html.replace(found, () => `${start}="${url}" integrity="${integrity}"`);
        }
        // The policy before all else; the map before the first script, but after what has to be among a page's first bytes.
        html = html.replace('<head>', (head) => `${head}\n    ${policy}`);
        html = html.replace(/<script\b/, (script) => `<script type="importmap">${map}</script>\n    ${script}`);
        await writeFile(page, html);
      }
    },
  };
}
