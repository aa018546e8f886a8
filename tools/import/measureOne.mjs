// What tools/import/measure.mjs runs for each file: imports it, and says as JSON how that went.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** @type {typeof import('../../src/importer.js')} What is built, as users run it. */
const { importModel } = await import(new URL('../../dist/importer.js', import.meta.url).href);

const [file = '', options = '{}'] = process.argv.slice(2);
const most = () => process.resourceUsage().maxRSS / 1000;
const startMegabytes = most();
const since = performance.now();
const started = process.cpuUsage();
const said = await importModel(
  { name: basename(file), bytes: new Uint8Array(readFileSync(file)) },
  { id: 'measured', ...JSON.parse(options) },
).then(
  ({ report }) => ({ code: 'imported', message: JSON.stringify(report) }),
  (error) => ({ code: String(error.code ?? error.name), message: String(error.message) }),
);
const { user, system } = process.cpuUsage(started);
console.log(JSON.stringify({ ms: performance.now() - since, cpuMs: (user + system) / 1000, startMegabytes, megabytes: most(), ...said }));
