import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { awaitLock, clearStaleLock, signIn } from './clearStaleLock.js';

export type Db = InstanceType<typeof sqlite.Database>;

const SETTINGS = 'PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON;';
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    key_id TEXT NOT NULL UNIQUE,
    public_jwk TEXT NOT NULL,
    counter INTEGER NOT NULL DEFAULT 0,
    deletion_hash TEXT NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS look_alikes (
    key TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS challenges (
    challenge TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    purpose TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    facts TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS passkeys (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    public_key BLOB NOT NULL,
    counter INTEGER NOT NULL,
    transports TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS wrong_tries (
    subject TEXT PRIMARY KEY,
    tries INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS look_alikes_of ON look_alikes (account_id);
  CREATE INDEX IF NOT EXISTS challenges_of ON challenges (subject);
  CREATE INDEX IF NOT EXISTS sessions_of ON sessions (account_id);
  CREATE INDEX IF NOT EXISTS passkeys_of ON passkeys (account_id);
`;

/** Opens the database, with its tables; without a path one in memory. */
export function openDatabase(path?: string): Db {
  if (path) {
    mkdirSync(dirname(path), { recursive: true });
    signIn(path);
    awaitLock(path);
  }
  const db = path ? new FileDatabase(path) : new sqlite.Database();
  try {
    db.exec(SETTINGS);
    migrate(db);
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Raised with the tables, whenever those of before do not fit. */
const VERSION = 1;
const TABLES = ['challenges', 'sessions', 'passkeys', 'wrong_tries', 'look_alikes', 'accounts'];

/** Accounts of a server of version 0.4 were registered without proof of their keys: they are registered anew. */
function migrate(db: Db): void {
  inTransaction(db, () => {
    const { user_version: version } = db.get('PRAGMA user_version') as { user_version: number };
    if (version === VERSION) return;
    if (version > VERSION) throw new Error('This database is of a newer server: run that one, or name another file.');
    for (const table of TABLES) db.exec(`DROP TABLE IF EXISTS ${table}`);
    db.exec(`PRAGMA user_version = ${VERSION}`);
  });
}

/** Where another process was killed in the middle of writing, what it left is cleared and the statement tried again. */
class FileDatabase extends sqlite.Database {
  readonly #path: string;

  constructor(path: string) {
    super(path);
    this.#path = path;
  }

  override exec(sql: string): void {
    this.#try(() => super.exec(sql));
  }

  override run(...statement: Parameters<Db['run']>): ReturnType<Db['run']> {
    return this.#try(() => super.run(...statement));
  }

  override all(...statement: Parameters<Db['all']>): ReturnType<Db['all']> {
    return this.#try(() => super.all(...statement));
  }

  override get(...statement: Parameters<Db['get']>): ReturnType<Db['get']> {
    return this.#try(() => super.get(...statement));
  }

  #try<T>(task: () => T): T {
    try {
      return task();
    } catch (error) {
      const busy = error instanceof sqlite.SQLite3Error && error.message.includes('database is locked');
      if (!busy || !clearStaleLock(this.#path)) throw error;
      return task();
    }
  }
}

/** Runs a task of several statements: all of them count, or none. */
export function inTransaction<T>(db: Db, task: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = task();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
