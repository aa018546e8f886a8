import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = `
  const { loadSource } = await import('./tools/loadSource.mjs');
  const { packFromRegistry } = await loadSource('tools/models/packFromRegistry.ts');
  await packFromRegistry('some-model@1.0.0');
`;

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'pack-'))));
afterEach(() => rm(folder, { recursive: true }));

// As a terminal does: both get the signal, in an order that nobody knows. So each alone has to do.
it.each([
  ['SIGINT', 130, 'both'],
  ['SIGTERM', 143, 'both'],
  ['SIGINT', 130, 'npm'],
  ['SIGTERM', 143, 'npm'],
  ['SIGINT', 130, 'the tool'],
] as const)(
  'leaves nothing behind when %s (code %i) comes to %s',
  async (signal, expected, to) => {
    // An npm that never ends, and says that it has begun: its process, by a name that appears when it is written.
    const npm = '#!/bin/sh\necho $$ > "$TMPDIR/begins"\nmv "$TMPDIR/begins" "$TMPDIR/begun"\nexec sleep 60\n';
    await writeFile(join(folder, 'npm'), npm, { mode: 0o755 });
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
      env: { ...process.env, TMPDIR: folder, PATH: `${folder}${delimiter}${process.env.PATH}` },
      stdio: 'ignore',
      detached: true,
    });
    const ended = once(child, 'exit');
    await expect.poll(() => readdir(folder), { timeout: 20_000 }).toContain('begun');
    expect(await readdir(folder)).toContainEqual(expect.stringMatching(/^visavis-/));
    const npmProcess = Number(await readFile(join(folder, 'begun'), 'utf8'));
    process.kill({ both: -child.pid!, npm: npmProcess, 'the tool': child.pid! }[to], signal);
    expect(await ended).toEqual([expected, null]);
    if (to === 'the tool') process.kill(npmProcess, signal);
    expect((await readdir(folder)).filter((name) => name.startsWith('visavis-'))).toEqual([]);
  },
  30_000,
);
