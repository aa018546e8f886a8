/** What the demo's server can be told. */
export interface ServerOptions {
  /** Path of the SQLite file; default: in memory, gone with the process. */
  database?: string;
  /** The pages' origin, where a proxy hides it; default: as the request says. */
  origin?: string;
  /** Whether a login must tell of a liveness session. */
  demandLiveness?: boolean;
  /** The loosest operating point that is accepted; default one stranger in 1,000. */
  maxFmr?: number;
  /** Ids of the face models that are accepted; default: any. */
  models?: readonly string[];
  /** Requests that change something, for each address and minute. */
  requestsPerMinute?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export type ServerSettings = Required<Omit<ServerOptions, 'origin' | 'models' | 'database'>> & Pick<ServerOptions, 'origin' | 'models'>;

const MINUTE = 60_000;
export const CHALLENGE_LIFETIME = 2 * MINUTE;
export const SESSION_LIFETIME = 30 * MINUTE;
/** Of wrong tries for one account from one address. */
export const WRONG_TRIES = 20;
/** Of wrong tries for one account from all addresses together: many more, or a stranger could lock anyone out. */
export const WRONG_TRIES_EVERYWHERE = 200;
export const LOCK_TIME = 15 * MINUTE;
/** Accounts that nobody signed in to for so long are deleted. */
export const RETENTION = 90 * 24 * 60 * MINUTE;
export const MAX_PASSKEYS = 5;
export const MAX_BODY = 64 * 1024;
/** How far a device's clock may be off, seconds. */
export const CLOCK_TOLERANCE = 60;

export function settle(options: ServerOptions): ServerSettings {
  const { origin, models, demandLiveness = false, maxFmr = 1e-3, requestsPerMinute = 120, now = Date.now } = options;
  return { origin, models, demandLiveness, maxFmr, requestsPerMinute, now };
}
