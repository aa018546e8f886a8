import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type Sqlite from 'libsql';

export type Db = Sqlite.Database;

// Locks are the system's own: those of a process that is killed are gone with it. With the log beside it and `FULL`, what was acknowledged
// outlives a crash of the machine too.
const SETTINGS = 'PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;';
/** Keys, challenges and wrong tries are in the library's own tables (`sqliteStore`). */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, deletion_hash TEXT NOT NULL, seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS look_alikes (
    key TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE, facts TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS passkeys (
    id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE, public_key BLOB NOT NULL,
    counter INTEGER NOT NULL, transports TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS look_alikes_of ON look_alikes (account_id);
  CREATE INDEX IF NOT EXISTS sessions_of ON sessions (account_id);
  CREATE INDEX IF NOT EXISTS passkeys_of ON passkeys (account_id);
`;
/** Raised with the tables, whenever those of before do not fit: then everybody registers anew. */
const VERSION = 2;
const TABLES = ['challenges', 'sessions', 'passkeys', 'wrong_tries', 'look_alikes', 'accounts'];

/** Opens the database, with its tables; without a path one in memory. */
export function openDatabase(path?: string): Db {
  if (path) mkdirSync(dirname(path), { recursive: true });
  // Loaded once it is needed: Vite's configuration, and so every build and test, reads this file too.
  const Database = createRequire(import.meta.url)('libsql') as typeof Sqlite;
  const db = new Database(path ?? ':memory:');
  db.exec(SETTINGS);
  db.transaction(() => {
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > VERSION) throw new Error('This database is of a newer server: run that one, or name another file.');
    if (version < VERSION) for (const table of TABLES) db.exec(`DROP TABLE IF EXISTS ${table}`);
    db.exec(`PRAGMA user_version = ${VERSION}; ${SCHEMA}`);
  }).immediate();
  return db;
}
