export { sqliteStore } from './sqliteStore.js';
export type { DirectSqlite, PreparingSqlite, SqliteClient, SqliteValue } from './sqliteStatements.js';
export type { Attempt, AttemptLimits, ChallengeUse, ServerStore, StoredKey } from '../ServerStore.js';
export type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
