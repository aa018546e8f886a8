import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';

const SCRIPT = `
  const { loadSource } = await import('./tools/loadSource.mjs');
  const { packFromRegistry } = await loadSource('tools/models/packFromRegistry.ts');
  await packFromRegistry('some-model@1.0.0');
`;

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'pack-'))));
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

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
    // An npm that does not end by itself, and says that it has begun: its process.
    await writeFile(join(folder, 'npm'), '#!/bin/sh\necho $$ > "$TMPDIR/begun"\nexec sleep 600\n', { mode: 0o755 });
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
      env: { ...process.env, TMPDIR: folder, PATH: `${folder}${delimiter}${process.env.PATH}` },
      stdio: 'ignore',
      detached: true,
    });
    const ended = once(child, 'exit');
    onTestFinished(() => killAll(child.pid!));
    const begun = () => readFile(join(folder, 'begun'), 'utf8').catch(() => '');
    await expect.poll(begun, { timeout: 180_000 }).toMatch(/^\d+\n$/);
    expect(await readdir(folder)).toContainEqual(expect.stringMatching(/^visavis-/));
    process.kill({ both: -child.pid!, npm: Number(await begun()), 'the tool': child.pid! }[to], signal);
    expect(await ended).toEqual([expected, null]);
    expect((await readdir(folder)).filter((name) => name.startsWith('visavis-'))).toEqual([]);
  },
  240_000,
);

function killAll(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
