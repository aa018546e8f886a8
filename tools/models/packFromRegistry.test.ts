import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'leaves nothing behind when it is stopped by %s',
  async (signal, expected) => {
    // An npm that never ends, and says that it has begun.
    await writeFile(join(folder, 'npm'), '#!/bin/sh\ntouch "$TMPDIR/begun"\nexec sleep 60\n', { mode: 0o755 });
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
      env: { ...process.env, TMPDIR: folder, PATH: `${folder}${delimiter}${process.env.PATH}` },
      stdio: 'ignore',
      detached: true,
    });
    const ended = once(child, 'exit');
    await expect.poll(() => readdir(folder), { timeout: 20_000 }).toContain('begun');
    expect(await readdir(folder)).toContainEqual(expect.stringMatching(/^visavis-/));
    // As a terminal does: to npm as well.
    process.kill(-child.pid!, signal);
    expect(await ended).toEqual([expected, null]);
    expect((await readdir(folder)).filter((name) => name.startsWith('visavis-'))).toEqual([]);
  },
  30_000,
);
