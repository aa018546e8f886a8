// npm run bench [-- options]: visavis and its peers, in one browser. `--help` lists the options; bench/README.md says what is measured.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from './folders.mjs';
import { parseOptions, USAGE } from './parseOptions.mjs';
import { picture } from './picture.mjs';
import { checkWhole } from './report/checkWhole.mjs';
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
  const { results, failure } = options.from ? await read(options.from) : await measure(options);
  console.log(`\n${plainText(results)}`);
  // What was found before a part failed does not take the place of whole results.
  if (options.json) await write(failure ? `${options.json}.part` : options.json, `${JSON.stringify(results, null, 2)}\n`);
  if (failure) throw failure;
  if (options.docs) checkWhole(results);
  const texts = options.docs
    ? await Promise.all(
        DOCUMENTS.map(async ({ path, content }) => ({ path, text: replaceBetween(await readFile(path, 'utf8'), content(results)) })),
      )
    : [];
  if (options.picture) await write(options.picture, picture(results));
  for (const { path, text } of texts) await write(path, text);
}

/** @param {string} file @returns {Promise<{ results: import('./Results.d.ts').Results, failure: null }>} */
async function read(file) {
  return { results: JSON.parse(await readFile(file, 'utf8')), failure: null };
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
