import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import sqlite from 'node-sqlite3-wasm';

export type Db = InstanceType<typeof sqlite.Database>;

const SCHEMA = `
  PRAGMA foreign_keys = ON;
  PRAGMA busy_timeout = 2000;
  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    key_id TEXT NOT NULL UNIQUE,
    public_jwk TEXT NOT NULL,
    counter INTEGER NOT NULL DEFAULT 0,
    deletion_hash TEXT NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS challenges (
    challenge TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('login', 'passkey')),
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
  CREATE INDEX IF NOT EXISTS challenges_of ON challenges (account_id);
  CREATE INDEX IF NOT EXISTS sessions_of ON sessions (account_id);
  CREATE INDEX IF NOT EXISTS passkeys_of ON passkeys (account_id);
`;

/** Transactions take milliseconds: an older lock is what a killed process left behind. */
const STALE_LOCK = 10_000;

/** Opens the database, with its tables; without a path one in memory. */
export function openDatabase(path?: string): Db {
  if (path) {
    mkdirSync(dirname(path), { recursive: true });
    removeStaleLock(`${path}.lock`);
  }
  const db = new sqlite.Database(path);
  try {
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** This build of SQLite locks a database by a folder beside it. */
function removeStaleLock(folder: string): void {
  try {
    if (Date.now() - statSync(folder).mtimeMs > STALE_LOCK) rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
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
