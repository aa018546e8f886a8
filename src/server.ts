export type { DevicePublicJwk, MatchFacts } from './shared/MatchAssertion.js';
export { acceptedModel, type AcceptedModel, type ManifestCurves, type ManifestPoints } from './server/AcceptedModel.js';
export { canonicalTransaction } from './shared/challenge/canonicalTransaction.js';
export { createChallenge, type Challenge, type ChallengeOptions } from './server/createChallenge.js';
export { isBoundTo } from './shared/challenge/isBoundTo.js';
export { createLogin, type Login, type LoginAnswer, type LoginRequest, type LoginStep } from './server/login/createLogin.js';
export { DEFAULT_LIMITS } from './server/login/judgeLogin.js';
export type { LoginOptions, PasskeyStep } from './server/login/LoginOptions.js';
export type { Attempt, AttemptLimits, ChallengeUse, ServerStore, StoredKey } from './server/ServerStore.js';
export { memoryStore } from './server/stores/memoryStore.js';
export type { SignedMatch } from './server/readMatch.js';
export { Refusal, REFUSALS, type RefusalCode } from './server/Refusal.js';
export { verifyAssertion, type AssertionBody, type ExpectedAssertion, type VerifiedAssertion } from './server/verifyAssertion.js';
export {
  verifyRegistration,
  type ExpectedRegistration,
  type RegistrationBody,
  type VerifiedRegistration,
} from './server/verifyRegistration.js';
