export { postgresStore, type PostgresClient } from './postgresStore.js';
export type { Attempt, AttemptLimits, ChallengeUse, ServerStore, StoredKey } from '../ServerStore.js';
export type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
