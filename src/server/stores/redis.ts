export { redisStore, type RedisClient, type RedisStoreOptions } from './redisStore.js';
export type { Attempt, AttemptLimits, ChallengeUse, ServerStore, StoredKey } from '../ServerStore.js';
export type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
