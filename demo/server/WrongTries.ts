import { nameKey } from './accountName.js';
import { ApiError } from './ApiError.js';
import { inTransaction, type Db } from './openDatabase.js';
import { LOCK_TIME, WRONG_TRIES, WRONG_TRIES_EVERYWHERE } from './ServerOptions.js';

interface Row {
  tries: number;
  until: number;
}

/**
 * Counts wrong tries, in the database, so that a restart forgives nothing. They are counted for the name that was given, whether or not
 * there is such an account: a lock tells nobody which names exist.
 */
export class WrongTries {
  constructor(
    private readonly db: Db,
    private readonly now: () => number,
  ) {}

  /**
   * Counts a try as wrong before it is judged, so that of any number at the same time no more are judged than the limit allows; `forgive`
   * and `withdraw` take that back. Throws `locked` where there were too many. A count lives as long as a lock does, from the last try on.
   */
  begin(name: string, address: string): void {
    const now = this.now();
    inTransaction(this.db, () => {
      this.db.run('DELETE FROM wrong_tries WHERE until < ?', [now]);
      for (const [subject, limit] of subjects(name, address)) {
        const row = this.db.get('SELECT tries, until FROM wrong_tries WHERE subject = ?', [subject]) as Row | null;
        if (row && row.tries >= limit) throw new ApiError('locked', Math.ceil((row.until - now) / 1000));
      }
      for (const [subject] of subjects(name, address)) {
        const sql = 'INSERT INTO wrong_tries VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET tries = tries + 1, until = excluded.until';
        this.db.run(sql, [subject, now + LOCK_TIME]);
      }
    });
  }

  /** It was right. What others did from elsewhere stays counted. */
  forgive(name: string, address: string): void {
    this.withdraw(name, address);
    this.db.run('DELETE FROM wrong_tries WHERE subject = ?', [subjects(name, address)[0][0]]);
  }

  /** It came to no judgment. */
  withdraw(name: string, address: string): void {
    for (const [subject] of subjects(name, address)) {
      this.db.run('UPDATE wrong_tries SET tries = tries - 1 WHERE subject = ? AND tries > 0', [subject]);
    }
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
  const quoted = JSON.stringify(nameKey(name));
  return [
    [`${quoted} ${address}`, WRONG_TRIES],
    [quoted, WRONG_TRIES_EVERYWHERE],
  ];
}
