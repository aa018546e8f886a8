import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awaitLock, clearStaleLock, signIn } from './clearStaleLock.js';
import { openDatabase } from './openDatabase.js';
import { processMark, stateOf } from './processMark.js';

let folder: string;
let database: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-lock-'));
  database = join(folder, 'demo.sqlite');
  signIn(database);
});
afterEach(() => rmSync(folder, { recursive: true }));

const lock = () => mkdirSync(`${database}.lock`);
const locked = () => existsSync(`${database}.lock`);
const user = (mark: string) => writeFileSync(join(`${database}.users`, mark), '');
/** This process's mark, with other parts. */
const mark = ({ pid, start, boot, host }: { pid?: number; start?: string; boot?: string; host?: string } = {}) => {
  const own = processMark().split('-');
  return [pid ?? own[0], start ?? own[1], boot ?? own[2], host ?? own[3]].join('-');
};

describe('a process', () => {
  it('is dead once it has ended, once its id was given out again, and once the machine was started anew', async () => {
    expect(stateOf(processMark())).toBe('alive');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect(stateOf(mark({ pid: child.pid! }))).toBe('dead');
    expect(stateOf(mark({ start: '1' }))).toBe('dead');
    expect(stateOf(mark({ boot: 'another' }))).toBe('dead');
  });

  it('of another machine or container is unknown', () => {
    for (const other of [mark({ host: '0123456789ab' }), 'no mark at all', '']) expect(stateOf(other)).toBe('unknown');
  });
});

describe('a lock', () => {
  it('that a killed process left goes at once, and so does the file of the process', () => {
    lock();
    user(mark({ start: '1' }));
    expect(clearStaleLock(database)).toBe(true);
    expect(locked()).toBe(false);
    expect(readdirSync(`${database}.users`)).toEqual([processMark()]);
  });

  const staysUntilItIsOld = () => {
    expect(clearStaleLock(database)).toBe(false);
    expect(locked()).toBe(true);
    let pauses = 0;
    awaitLock(database, () => {
      if (++pauses === 3) utimesSync(`${database}.lock`, 0, (Date.now() - 11_000) / 1000);
    });
    expect([pauses, locked()]).toEqual([3, false]);
  };

  it('beside a process of another container stays, until it is ten seconds old', () => {
    lock();
    user(mark({ host: '0123456789ab' }));
    staysUntilItIsOld();
  });

  it('beside another process that is alive stays, until it is ten seconds old', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    try {
      await once(child, 'spawn');
      lock();
      user(processMark(child.pid));
      staysUntilItIsOld();
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  it('of a process that is killed while another one runs is cleared by that one', () => {
    const db = openDatabase(database);
    try {
      lock();
      db.run('INSERT INTO wrong_tries VALUES (?, 1, 1)', ['someone']);
      expect(db.get('SELECT tries FROM wrong_tries')).toEqual({ tries: 1 });
    } finally {
      db.close();
    }
  });
});
