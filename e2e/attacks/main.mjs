// npm run attacks [-- --attempts 50] [--only KIND] [--people DIR] [--json FILE] [--write]: films every attack and genuine sessions in code,
// and lets the SDK judge them in a headless browser. Prints how many of each kind were accepted. With --from N the attempts start at number
// N, to run the suite in parts. --write puts the rows into docs/liveness.md.
import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPictures } from '../../tools/openPictures.mjs';
import { withDevPage } from '../../tools/withDevPage.mjs';
import { reportAttacks } from './reportAttacks.mjs';
import { writeAttacks } from './writeAttacks.mjs';

const FIXTURES = join(import.meta.dirname, '../fixtures/faces');
const SHARED = join(import.meta.dirname, '../../../shared/faces/nobody');

const { values } = parseArgs({
  options: {
    attempts: { type: 'string', default: '50' },
    from: { type: 'string', default: '0' },
    only: { type: 'string', multiple: true },
    people: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const folder = values.people ?? (existsSync(SHARED) ? SHARED : FIXTURES);
const pictures = await openPictures(folder);
const files = oneOfEach(pictures.files);
if (files.length < 4) throw new Error(`${folder} has pictures of ${files.length} different people, but at least 4 are needed`);
console.log(`${files.length} people from ${folder}`);

try {
  await withDevPage(async (page) => {
    const urls = files.map(pictures.urlOf);
    const kinds = await page.evaluate(async (urls) => {
      const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
      const { KINDS, openSuite } = await load('/e2e/attacks/suite.ts');
      Object.assign(globalThis, { suite: await openSuite(urls) });
      return /** @type {readonly string[]} */ (KINDS);
    }, urls);
    const attempts = [];
    for (const kind of kinds.filter((kind) => !values.only || values.only.includes(kind))) {
      for (let number = Number(values.from); number < Number(values.from) + Number(values.attempts); number++) {
        const start = performance.now();
        const attempt = await page.evaluate(
          ([kind, number]) => /** @type {any} */ (globalThis).suite.attempt(kind, number),
          /** @type {const} */ ([kind, number]),
        );
        attempts.push({ ...attempt, wall: performance.now() - start });
        if (values.verbose) console.log(JSON.stringify(attempt));
      }
      console.log(reportAttacks(attempts.filter((attempt) => attempt.kind === kind)));
    }
    console.log(`\n${reportAttacks(attempts)}`);
    if (values.write) await writeAttacks(join(import.meta.dirname, '../../docs/liveness.md'), reportAttacks(attempts));
    if (values.json) await writeFile(values.json, JSON.stringify(attempts));
  });
} finally {
  await pictures.close();
}

/** One picture of each person: the first of each folder, or of each name before a hyphen or a number. @param {string[]} files */
function oneOfEach(files) {
  const person = (/** @type {string} */ file) =>
    file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : file.replace(/(_\d+)?\.\w+$/, '').split('-')[0];
  const seen = new Set();
  return files.filter((file) => !seen.has(person(file)) && seen.add(person(file)));
}
