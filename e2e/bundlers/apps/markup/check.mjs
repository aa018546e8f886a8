// Type-checks markup of frameworks whose templates TypeScript alone does not read: what is marked WRONG has to be refused, and nothing else.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const CHECKERS = [
  { folder: 'react18', command: ['tsc', '-p', 'react18', '--pretty', 'false'], fault: /^(react18\/\S+?)\((\d+),/ },
  { folder: 'vue', command: ['vue-tsc', '-p', 'vue', '--pretty', 'false'], fault: /^(vue\/\S+?)\((\d+),/ },
  { folder: 'svelte', command: ['svelte-check', '--workspace', 'svelte', '--output', 'machine'], fault: /ERROR "(\S+?)" (\d+):/ },
];

for (const { folder, command, fault } of CHECKERS) {
  const [name, ...args] = command;
  const { stdout, stderr } = spawnSync(name, args, { encoding: 'utf8' });
  const refused = [...new Set(stdout.split('\n').flatMap((line) => where(fault.exec(line), folder)))].sort();
  const wrong = readdirSync(folder)
    .flatMap((file) => markedIn(folder, file))
    .sort();
  if (wrong.length === 0 || refused.join() !== wrong.join()) {
    console.error(`${name}: expected faults at ${wrong.join(', ')}, got ${refused.join(', ')}\n${stdout}${stderr}`);
    process.exitCode = 1;
  }
}

function where(found, folder) {
  return found ? [`${found[1].startsWith(folder) ? found[1] : `${folder}/${found[1]}`}:${found[2]}`] : [];
}

function markedIn(folder, file) {
  const lines = readFileSync(`${folder}/${file}`, 'utf8').split('\n');
  return lines.flatMap((line, i) => (line.includes('WRONG') ? [`${folder}/${file}:${i + 1}`] : []));
}
