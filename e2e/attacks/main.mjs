// npm run attacks [-- --attempts 50] [--only KIND] [--people DIR] [--json FILE] [--write]: films every attack and genuine sessions in code,
// and lets the SDK judge them in a headless browser. Prints how many of each kind were accepted. With --from N the attempts start at number
// N. --json FILE keeps every attempt, and those that it already holds are not made again, so that the suite can be run in parts; a file that
// was made of other pictures, or with other code, is refused. --write puts the rows into docs/liveness.md.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { count } from '../../tools/count.mjs';
import { namesOf } from '../../tools/namesOf.mjs';
import { openPictures } from '../../tools/openPictures.mjs';
import { replaceFile } from '../../tools/replaceFile.mjs';
import { withDevPage } from '../../tools/withDevPage.mjs';
import { makingOf, readAttempts } from './readAttempts.mjs';
import { reportAttacks } from './reportAttacks.mjs';
import { writeAttacks } from './writeAttacks.mjs';

const FIXTURES = join(import.meta.dirname, '../fixtures/faces');
const SHARED = join(import.meta.dirname, '../../../shared/faces/nobody');

/** How many pictures of each person are enrolled, and which are not. */
const ENROLLED = 3;
const UNLIKE = /-(far|turn|blink|look)/;

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

const from = count('--from', values.from, 0);
const end = from + count('--attempts', values.attempts);
const folder = values.people ?? (existsSync(SHARED) ? SHARED : FIXTURES);
const pictures = await openPictures(folder);
const people = byPerson(pictures.files);
if (people.length < 4) throw new Error(`${folder} has pictures of ${people.length} different people, but at least 4 are needed`);
console.log(`${people.length} people from ${folder}`);
const made = await makingOf(folder, pictures.files);
const attempts = values.json && existsSync(values.json) ? await readAttempts(values.json, made) : [];

try {
  await withDevPage(async (page) => {
    const urls = people.map((files) => files.map(pictures.urlOf));
    const kinds = await page.evaluate(async (urls) => {
      const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
      const { KINDS, openSuite } = await load('/e2e/attacks/suite.ts');
      Object.assign(globalThis, { suite: await openSuite(urls) });
      return /** @type {readonly string[]} */ (KINDS);
    }, urls);
    const asked = namesOf('--only', values.only, kinds);
    const isDone = (/** @type {string} */ kind, /** @type {number} */ number) =>
      attempts.some((attempt) => attempt.kind === kind && attempt.number === number);
    // Number by number, so that a run that is ended has as many of each kind.
    for (let number = from; number < end; number++) {
      for (const kind of asked.filter((kind) => !isDone(kind, number))) {
        const start = performance.now();
        const attempt = await page.evaluate(
          ([kind, number]) => /** @type {any} */ (globalThis).suite.attempt(kind, number),
          /** @type {const} */ ([kind, number]),
        );
        attempts.push({ ...attempt, wall: performance.now() - start });
        if (values.verbose) console.log(JSON.stringify(attempt));
        if (values.json) await replaceFile(values.json, JSON.stringify({ made, attempts }));
      }
    }
    attempts.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
    console.log(`\n${reportAttacks(attempts)}`);
    if (values.write) await writeAttacks(join(import.meta.dirname, '../../docs/liveness.md'), reportAttacks(attempts));
  });
} finally {
  await pictures.close();
}

/**
 * The pictures of each person, of each folder or of each name before a hyphen or a number. The first is filmed, and those that are neither
 * turned, blinking nor small are enrolled.
 * @param {string[]} files
 */
function byPerson(files) {
  const person = (/** @type {string} */ file) =>
    file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : file.replace(/(_\d+)?\.\w+$/, '').split('-')[0];
  /** @type {Map<string, string[]>} */
  const people = new Map();
  for (const file of files) people.set(person(file), [...(people.get(person(file)) ?? []), file]);
  return [...people.values()].map(([first, ...others]) => [first, ...others.filter((file) => !UNLIKE.test(file)).slice(0, ENROLLED)]);
}
