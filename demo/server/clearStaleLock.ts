import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processMark, stateOf } from './processMark.js';

/** Transactions take milliseconds: a lock that is this old was left behind, whoever is said to be alive. */
const STALE_MS = 10_000;

/**
 * This build of SQLite locks a database by a folder beside it, which a process that is killed leaves behind. So every process that opens the
 * database signs in first (`signIn`), by an empty file in another folder. A lock beside which no other process is alive is nobody's, and goes
 * at once; where one is, or may be (another container), it stays until it is ten seconds old. Returns whether the database is free.
 */
export function clearStaleLock(database: string): boolean {
  const lock = `${database}.lock`;
  const found = look(lock);
  if (!found) return true;
  if (found.age < STALE_MS && othersIn(`${database}.users`)) return false;
  // Looked at again: one that was taken in the meantime, by a process that has signed in since, is left alone.
  if (look(lock)?.identity === found.identity) remove(lock);
  return !look(lock);
}

/** The same, but waits until the database is free: ten seconds, or as long as others keep taking it in turn. Blocks. */
export function awaitLock(database: string, pause: () => void = shortPause): void {
  while (!clearStaleLock(database)) pause();
}

function shortPause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

/** Files of this process; clean exits leave none. */
const signedIn = new Set<string>();

export function signIn(database: string): void {
  const own = join(`${database}.users`, processMark());
  mkdirSync(`${database}.users`, { recursive: true });
  writeFileSync(own, '');
  if (signedIn.size === 0) process.once('exit', () => signedIn.forEach((file) => rmSync(file, { force: true })));
  signedIn.add(own);
}

/** Whether another process is or may be at work. Forgets the dead. */
function othersIn(users: string): boolean {
  const own = processMark();
  const others = readdirSync(users).filter((mark) => mark !== own);
  const dead = others.filter((mark) => stateOf(mark) === 'dead');
  for (const mark of dead) rmSync(join(users, mark), { force: true });
  return others.length > dead.length;
}

function look(folder: string): { age: number; identity: string } | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found && { age: Math.abs(Date.now() - found.mtimeMs), identity: `${found.ino} ${found.mtimeMs}` };
}

function remove(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
