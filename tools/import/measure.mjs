// node tools/import/measure.mjs FILE … [--options JSON]: how long each file takes to be imported or refused, and how much memory, each in a
// process of its own, from an empty folder. Needs npm run build. `--bad DIR` takes the files of a folder with a bad.json, all of which must be
// refused, in a second and 1 GB at most, and leave nothing behind.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const CHILD = join(import.meta.dirname, 'measureOne.mjs');
const MOST = { ms: 1000, megabytes: 1000 };

const { values, positionals } = parseArgs({
  options: { bad: { type: 'string' }, options: { type: 'string', default: '{"quantize":"mixed8"}' } },
  allowPositionals: true,
});
const { bad } = values;
const files =
  bad === undefined
    ? positionals
    : /** @type {{ file: string }[]} */ (JSON.parse(readFileSync(join(bad, 'bad.json'), 'utf8'))).map(({ file }) => join(bad, file));
if (files.length === 0) throw new Error('expected files, or --bad DIR');

/** @typedef {{ ms: number, cpuMs: number, code: string, message: string, startMegabytes: number, megabytes: number }} Measured */
/** @param {string} file @returns {Measured & { file: string, left: string[] }} */
function measure(file) {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-measure-'));
  try {
    const env = { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder };
    const args = [CHILD, resolve(file), values.options];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8', timeout: 600_000 });
    if (status !== 0) throw new Error(`${file}: the process ended with ${status}: ${stderr}`);
    return { file: basename(file), left: readdirSync(folder), .../** @type {Measured} */ (JSON.parse(stdout)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const measured = files.map((file) => {
  const result = measure(file);
  const { ms, cpuMs, megabytes, startMegabytes, code, message } = result;
  console.log(
    `${result.file}: ${code}, ${ms.toFixed(0)} ms (${cpuMs.toFixed(0)} of the processors), ${megabytes.toFixed(0)} MB at most (${startMegabytes.toFixed(0)} before). ${message}`,
  );
  return result;
});
const worst = (/** @type {'ms' | 'megabytes'} */ what) => measured.reduce((a, b) => (b[what] > a[what] ? b : a));
const [slowest, largest] = [worst('ms'), worst('megabytes')];
console.log(`
${measured.length} files. Longest: ${slowest.file}, ${slowest.ms.toFixed(0)} ms. Most memory: ${largest.file}, ${largest.megabytes.toFixed(0)} MB.`);
if (bad !== undefined) {
  const wrong = measured.filter(
    ({ code, left, ms, megabytes }) => code !== 'import-failed' || left.length > 0 || ms > MOST.ms || megabytes > MOST.megabytes,
  );
  for (const { file, code, left } of wrong)
    console.error(`NOT refused as it should be: ${file} (${code}; left behind: ${left.join(', ') || 'nothing'})`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
