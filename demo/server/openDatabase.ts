import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'libsql';

export type SqlValue = string | number | Uint8Array;

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

/** An open database, in the shape that `sqliteStore` takes too. */
export class Db {
  readonly #sqlite: Sqlite.Database;

  constructor(path: string) {
    this.#sqlite = new Sqlite(path);
  }

  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  run(sql: string, values: SqlValue[]): { changes: number } {
    return this.#sqlite.prepare(sql).run(...values);
  }

  all(sql: string, values: SqlValue[] = []): unknown[] {
    return this.#sqlite.prepare(sql).all(...values);
  }

  /** Runs a task of several statements: all of them count, or none. */
  inTransaction<T>(task: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const value = task();
      this.exec('COMMIT');
      return value;
    } catch (error) {
      this.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#sqlite.close();
  }
}

/** Opens the database, with its tables; without a path one in memory. */
export function openDatabase(path?: string): Db {
  if (path) mkdirSync(dirname(path), { recursive: true });
  const db = new Db(path ?? ':memory:');
  db.exec(SETTINGS);
  db.inTransaction(() => {
    const [{ user_version: version }] = db.all('PRAGMA user_version') as [{ user_version: number }];
    if (version > VERSION) throw new Error('This database is of a newer server: run that one, or name another file.');
    if (version < VERSION) for (const table of TABLES) db.exec(`DROP TABLE IF EXISTS ${table}`);
    db.exec(`PRAGMA user_version = ${VERSION}; ${SCHEMA}`);
  });
  return db;
}
