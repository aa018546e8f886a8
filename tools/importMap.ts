import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page's import map says: every module's hash, whoever imports it, and whenever. */
export function importMap(integrity: Readonly<Record<string, string>>): string {
  return JSON.stringify({ integrity });
}

/** The source by which a policy allows a script of just this text. */
export function sourceOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** The source of the import map that the pages of a built folder have, all the same. */
export function builtMapSource(folder: string): string {
  const page = join(folder, 'index.html');
  const [, map] = /<script type="importmap">(.*?)<\/script>/.exec(existsSync(page) ? readFileSync(page, 'utf8') : '') ?? [];
  if (map === undefined) throw new Error(`expected a page with an import map in ${page}: build it with \`npm run build:demo\`.`);
  return sourceOf(map);
}
