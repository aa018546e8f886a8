// npm run bench [-- options]: visavis and its peers, in one browser. `--help` lists the options; bench/README.md says what is measured.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from './folders.mjs';
import { parseOptions, USAGE } from './parseOptions.mjs';
import { picture } from './picture.mjs';
import { plainText } from './report/plainText.mjs';
import { replaceBetween } from './report/replaceBetween.mjs';
import { briefTable, table } from './table.mjs';

/** Where the figures stand, between markers. */
const DOCUMENTS = [
  { path: join(ROOT, 'docs/performance.md'), content: table },
  { path: join(ROOT, 'README.md'), content: briefTable },
];

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (!options) return void console.log(USAGE);
  /** @type {import('./Results.d.ts').Results} */
  const results = options.from ? JSON.parse(await readFile(options.from, 'utf8')) : await measure(options);
  console.log(`\n${plainText(results)}`);
  if (options.json) await write(options.json, `${JSON.stringify(results, null, 2)}\n`);
  if (options.picture) await write(options.picture, picture(results));
  if (!options.docs) return;
  for (const { path, content } of DOCUMENTS) await write(path, replaceBetween(await readFile(path, 'utf8'), content(results)));
}

/** @param {import('./parseOptions.mjs').Options} options */
async function measure(options) {
  // Loaded late, because a report of an earlier run needs no browser.
  const { runParts } = await import('./runParts.mjs');
  return runParts(options, console.log);
}

/** @param {string} path @param {string} content */
async function write(path, content) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  console.log(`written: ${path}`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
