import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportName } from './reports.mjs';
import { untold } from './untold.mjs';

/**
 * Compares what `npm run build` found with the reports that are checked in for this version, and with those of the version before: what
 * differs from the latter has to stand in the changelog.
 *
 * @param {object} options
 * @param {string} options.version the one in work
 * @param {readonly string[]} options.entries the package's first, then those below it
 * @param {string} options.fresh folder of what the build found
 * @param {string} options.all folder with a folder of reports for each version
 * @param {string} options.changelog Markdown, a section `## VERSION …` for each version
 * @returns {Promise<string[]>} faults, in sentences
 */
export async function checkReports({ version, entries, fresh, all, changelog }) {
  const released = (await readdir(all)).sort(byNumber).findLast((other) => byNumber(other, version) < 0);
  const section = changelog.split(/^## /m).find((text) => /^\S*/.exec(text)?.[0] === version);
  if (section === undefined) return [`CHANGELOG.md has no section ## ${version}`];
  if (!(await readIfThere(join(fresh, reportName(entries[0] ?? '')))))
    return ['There is no report of what is built: npm run build writes it'];
  const reports = await Promise.all(
    entries.map(async (name, index) => ({
      entry: index === 0 ? 'visavis' : `visavis/${name}`,
      before: released === undefined ? null : await readIfThere(join(all, released, reportName(name))),
      checkedIn: await readIfThere(join(all, version, reportName(name))),
      now: await readFile(join(fresh, reportName(name)), 'utf8'),
    })),
  );
  return [
    ...reports
      .filter(({ checkedIn, now }) => checkedIn !== now)
      .map(({ entry }) => `The public API of ${entry} has changed: say so in CHANGELOG.md, and check in what npm run api writes`),
    ...untold(reports, section).map((change) => `CHANGELOG.md does not say, for ${version}, what has changed in ${change}`),
  ];
}

/** @param {string} a @param {string} b */
function byNumber(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** @param {string} path */
async function readIfThere(path) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
