import { ApiError } from './ApiError.js';
import type { Db } from './openDatabase.js';
import { LOCK_TIME, WRONG_TRIES, WRONG_TRIES_EVERYWHERE } from './ServerOptions.js';

/**
 * Counts wrong tries, in the database, so that a restart forgives nothing. They are counted for the name that was given, whether or not
 * there is such an account: a lock tells nobody which names exist.
 */
export class WrongTries {
  constructor(
    private readonly db: Db,
    private readonly now: () => number,
  ) {}

  /** Throws `locked` while there were too many. */
  assertOpen(name: string, address: string): void {
    for (const [subject, limit] of subjects(name, address)) {
      const row = this.db.get('SELECT tries, until FROM wrong_tries WHERE subject = ?', [subject]) as {
        tries: number;
        until: number;
      } | null;
      if (!row || row.tries < limit || row.until < this.now()) continue;
      throw new ApiError('locked', Math.ceil((row.until - this.now()) / 1000));
    }
  }

  /** Another one. A count lives as long as a lock does, from the last wrong try on. */
  add(name: string, address: string): void {
    const now = this.now();
    this.db.run('DELETE FROM wrong_tries WHERE until < ?', [now]);
    for (const [subject] of subjects(name, address)) {
      const sql = 'INSERT INTO wrong_tries VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET tries = tries + 1, until = excluded.until';
      this.db.run(sql, [subject, now + LOCK_TIME]);
    }
  }

  /** A right one. What others did from elsewhere stays counted. */
  forgive(name: string, address: string): void {
    this.db.run('DELETE FROM wrong_tries WHERE subject = ?', [subjects(name, address)[0][0]]);
  }

  /** For an account that is deleted: its name leaves no trace. */
  forget(name: string): void {
    const everywhere = subjects(name, '')[1][0];
    this.db.run('DELETE FROM wrong_tries WHERE subject = ? OR substr(subject, 1, ?) = ?', [
      everywhere,
      everywhere.length + 1,
      `${everywhere} `,
    ]);
  }
}

function subjects(name: string, address: string): [subject: string, limit: number][] {
  // Quoted: a name cannot look like another one with an address.
  const quoted = JSON.stringify(name.toLowerCase());
  return [
    [`${quoted} ${address}`, WRONG_TRIES],
    [quoted, WRONG_TRIES_EVERYWHERE],
  ];
}
