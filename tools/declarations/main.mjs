// Part of npm run build: one file of declarations for each entry. npm run api also checks in what they say, in etc/.
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDeclarations } from './buildDeclarations.mjs';
import { ALIASES, ENTRIES, FRAMEWORKS } from './entries.mjs';
import { ALL_REPORTS, FRESH_REPORTS, packageVersion, reportName } from './reports.mjs';

const root = join(import.meta.dirname, '../..');
await buildDeclarations({ root, entries: ENTRIES, copied: FRAMEWORKS, dist: join(root, 'dist'), reports: FRESH_REPORTS });
for (const [alias, entry] of Object.entries(ALIASES)) await writeFile(join(root, `dist/${alias}.d.ts`), `export * from './${entry}.js';\n`);
if (process.argv.includes('--update')) {
  for (const entry of Object.keys(ENTRIES)) {
    await cp(join(FRESH_REPORTS, reportName(entry)), join(ALL_REPORTS, packageVersion(), reportName(entry)));
  }
}
