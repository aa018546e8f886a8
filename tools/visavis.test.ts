import { afterEach, expect, it, vi } from 'vitest';

const { argv, exitCode } = process;
afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
  process.argv = argv;
  process.exitCode = exitCode;
});

/** What the command says, and how it ends. */
async function visavis(...args: string[]) {
  const said = ['log', 'error'].map((name) => vi.spyOn(console, name as 'log').mockImplementation(() => undefined));
  process.argv = ['node', 'visavis', ...args];
  process.exitCode = undefined;
  await import('./visavis.js');
  await vi.waitFor(() => expect(said.some(({ mock }) => mock.calls.length > 0)).toBe(true));
  const [log, error] = said.map(({ mock }) => mock.calls.flat().join('\n'));
  return { log, error, exitCode: process.exitCode };
}

it('explains itself', async () => {
  expect(await visavis('--help')).toMatchObject({ log: expect.stringContaining('npx visavis COMMAND') as string, error: '' });
});

it.each(['constructor', 'toString', '__proto__', 'undefined', 'evaluat'])('refuses %s, which is no command', async (name) => {
  const { log, error, exitCode } = await visavis(name);
  expect(log).toBe('');
  expect(error).toContain(`got ${name}`);
  expect(exitCode).toBe(2);
});
