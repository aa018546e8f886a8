import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UsageError } from '../UsageError.js';
import { checkPaths } from './checkPaths.mjs';
import { parseOptions } from './parseOptions.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-'));
  mkdirSync(join(folder, 'people'));
  mkdirSync(join(folder, 'models/m'), { recursive: true });
  for (const name of ['groups.csv', 'pairs.csv', 'old.json', 'models/m/manifest.json']) writeFileSync(join(folder, name), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `IN/` stands for the folder. */
function check(command: string): Promise<void> {
  const options = parseOptions(command.split(' ').map((word) => word.replace('IN', folder)));
  if (options === 'help') throw new Error('help');
  return checkPaths(options);
}

it('takes files that are there or not, and devices as often as one likes', async () => {
  await check('--people IN/people --labels IN/groups.csv --json IN/old.json --csv IN/new.csv --html IN/new.html');
  if (process.platform !== 'win32') await check('--people IN/people --json /dev/null --csv /dev/null');
});

it.each([
  ['--people IN/nosuch', /^--people: .*nosuch is not a folder$/],
  ['--people IN/people --labels IN/people', /^--labels: .*people is not a file$/],
  ['--people IN/people --json IN/nosuch/a.json', /^--json: the folder of .* does not exist$/],
  ['--people IN/people --json IN/people', /^--json: .* is a folder$/],
])('%s is refused', async (command, message) => {
  await expect(check(command)).rejects.toThrow(message);
});

it.each([
  [
    '--people IN/people --labels IN/groups.csv --csv IN/groups.csv',
    /^--csv: .*groups\.csv is the file of --labels too, and would overwrite/,
  ],
  ['--people IN/people --labels IN/groups.csv --csv IN/people/../groups.csv', /of --labels too/],
  ['--people IN/people --labels IN/groups.csv --csv IN/link.csv', /of --labels too/],
  ['--images IN/people --pairs IN/pairs.csv --json IN/pairs.csv', /of --pairs too/],
  ['--people IN/people --json IN/new --html IN/new', /^--json: .*new is the file of --html too/],
  ['--people IN/people --json IN/linked/new --html IN/people/new', /of --html too/],
  ['--people IN/people --models IN/models --model m --json IN/models/m/manifest.json', /of the manifest of --model too/],
])('%s would destroy what is read or written as well', async (command, message) => {
  symlinkSync('groups.csv', join(folder, 'link.csv'));
  symlinkSync('people', join(folder, 'linked'), 'dir');
  const error: unknown = await check(command).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as UsageError).message).toMatch(message);
});
