import { memo } from '../ui/memo.js';

/** What this browser keeps of its account on the server, beside its device key. */
export interface RememberedAccount {
  readonly id: string;
  readonly name: string;
  /** Deletes the account without a login, so that forgetting works for anyone who holds the device. */
  readonly deletionToken: string;
}

const PLACE = 'visavis-demo-account';
const SCRAP_PLACE = `${PLACE}-scrap`;

/** Longer than an account, whose name may be of letters that take three bytes. */
const SCRAP = 'x'.repeat(1000);

export const rememberedAccount = {
  /** Whether this browser keeps one now: it may keep nothing, or have no room. */
  canWrite(): boolean {
    memo.write(SCRAP_PLACE, SCRAP);
    const kept = memo.read(SCRAP_PLACE) === SCRAP;
    memo.write(SCRAP_PLACE, null);
    return kept;
  },
  read(): RememberedAccount | null {
    try {
      const { id, name, deletionToken } = JSON.parse(memo.read(PLACE) ?? '{}') as Partial<RememberedAccount>;
      return id && name && deletionToken ? { id, name, deletionToken } : null;
    } catch {
      return null;
    }
  },
  write: (account: RememberedAccount) => memo.write(PLACE, JSON.stringify(account)),
  forget: () => memo.write(PLACE, null),
};
