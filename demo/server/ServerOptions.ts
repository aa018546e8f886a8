import type { ProxyTrust } from './clientAddress.js';
import type { AcceptedModel } from '../../src/server.js';

/** What the demo's server can be told. */
export interface ServerOptions {
  /** The face models that count, with the points at which they may decide: `acceptedModels('public/models')`, or fewer. */
  models: readonly AcceptedModel[];
  /** Path of the SQLite file; default: in memory, gone with the process. */
  database?: string;
  /** The pages' origin, where a proxy hides it; default: as the request says. */
  origin?: string;
  /** Which proxies stand in front; default none. Without it everybody behind a proxy counts as one address. */
  proxies?: ProxyTrust;
  /** Whether a login must tell of a liveness session. */
  demandLiveness?: boolean;
  /** The loosest operating point that is accepted; default one stranger in 1,000. */
  maxFmr?: number;
  /** Requests that change something, for each address and minute. */
  requestsPerMinute?: number;
  /** For each address: registration is the one place that says whether a name exists. */
  registrationsPerHour?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export type ServerSettings = Required<Omit<ServerOptions, 'origin' | 'proxies' | 'database'>> & Pick<ServerOptions, 'origin' | 'proxies'>;

const MINUTE = 60_000;
export const SESSION_LIFETIME = 30 * MINUTE;
/** Of one account at once: another login ends the oldest. */
export const MAX_SESSIONS = 10;
/** Accounts that nobody signed in to for so long are deleted. */
export const RETENTION = 90 * 24 * 60 * MINUTE;
export const MAX_PASSKEYS = 5;
export const MAX_BODY = 64 * 1024;

export function settle(options: ServerOptions): ServerSettings {
  const { models, origin, proxies, demandLiveness = false, maxFmr = 1e-3, now = Date.now } = options;
  const { requestsPerMinute = 120, registrationsPerHour = 60 } = options;
  return { models, origin, proxies, demandLiveness, maxFmr, requestsPerMinute, registrationsPerHour, now };
}
