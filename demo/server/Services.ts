import { Accounts } from './Accounts.js';
import { Challenges } from './Challenges.js';
import { Decoy } from './Decoy.js';
import type { Db } from './openDatabase.js';
import { Passkeys } from './Passkeys.js';
import type { ServerSettings } from './ServerOptions.js';
import { Sessions } from './Sessions.js';
import { WrongTries } from './WrongTries.js';

/** All that the routes work with. */
export interface Services {
  readonly db: Db;
  readonly settings: ServerSettings;
  readonly accounts: Accounts;
  readonly challenges: Challenges;
  readonly decoy: Decoy;
  readonly passkeys: Passkeys;
  readonly sessions: Sessions;
  readonly wrongTries: WrongTries;
}

export function createServices(db: Db, settings: ServerSettings): Services {
  const { now } = settings;
  const challenges = new Challenges(db, now);
  return {
    ...{ db, settings, challenges },
    decoy: new Decoy(),
    accounts: new Accounts(db, now),
    passkeys: new Passkeys(db, challenges),
    sessions: new Sessions(db, now),
    wrongTries: new WrongTries(db, now),
  };
}
