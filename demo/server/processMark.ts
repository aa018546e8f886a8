import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * One run of one process, as text that can name a file: its id, when it started, when the machine did, and the machine. An id alone is given
 * out again.
 */
export function processMark(pid = process.pid): string {
  return [pid, startOf(pid), bootOf(), HOST].join('-');
}

/** Whether the process that a mark names is still there; `unknown` if it is another machine's or another container's. */
export function stateOf(mark: string): 'alive' | 'dead' | 'unknown' {
  const [, pid, start, boot, host] = /^(\d+)-(\d+)-(\w+)-(\w+)$/.exec(mark) ?? [];
  if (host !== HOST) return 'unknown';
  if (boot !== bootOf() || !exists(Number(pid))) return 'dead';
  return start === startOf(Number(pid)) ? 'alive' : 'dead';
}

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}

/** In clock ticks after the machine's start; 0 where the system does not say (all but Linux): there the id has to do. */
function startOf(pid: number): string {
  // The name, in parentheses, may hold anything; the start is the 20th field after it (proc_pid_stat(5)).
  const after = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ') ?? [];
  return after[19] ?? '0';
}

function bootOf(): string {
  return read('/proc/sys/kernel/random/boot_id')?.trim().replaceAll('-', '') ?? '0';
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
