export { clearModelCache } from './client/bridge/clearModelCache.js';
export type { FaceVerifier } from './client/FaceVerifier.js';
export { createLivenessSession } from './client/live/createLivenessSession.js';
export type { FaceCapture } from './client/live/FaceCapture.js';
export type { CaptureOptions } from './client/live/CaptureOptions.js';
export type { VerifierSource } from './client/VerifierSource.js';
export type { PresenceWatch } from './client/live/watchFrom.js';
export type { OlderVerifier, Renewal, RenewLiveOptions, RenewOptions, RenewResult } from './client/renewal/RenewOptions.js';
export type { IdentifyLiveResult } from './client/live/identifyLiveFrom.js';
export type { LivenessSession } from './client/live/LivenessSession.js';
export type { FrameSource, TimedSource } from './client/camera/timedFrames.js';
export { isSupported } from './client/support/isSupported.js';
export { openCamera, type CameraOptions } from './client/camera/openCamera.js';
export type { ImageSource } from './client/pictures/ImageSource.js';
export type { CaptureSource, Pictures, Sources } from './client/pictures/Sources.js';
export type { Camera, CameraEvents, CameraFramesOptions } from './client/camera/Camera.js';
export type { TypedEventTarget, TypedListener } from './client/TypedEventTarget.js';
export { parseTemplate, serializeTemplate } from './client/templateText.js';
export { eraseVault, type EraseVaultOptions } from './vault/eraseVault.js';
export { openVault, type VaultOptions } from './vault/openVault.js';
export type { Vault, DeleteOptions, PutOptions, SkippedTemplates, VaultExport } from './vault/Vault.js';
export type { VaultLock, VaultLockKind } from './vault/lock/VaultLock.js';
export { createProtectionKey } from './vault/protection/protectionKey.js';
export { protectTemplate } from './vault/protection/protectTemplate.js';
export { openAttempts, type AttemptOptions } from './vault/attempts/openAttempts.js';
export type { Attempts, AttemptStatus } from './vault/attempts/Attempts.js';
export type { AttemptPolicy } from './vault/attempts/AttemptPolicy.js';
export { forgetEverything } from './client/forgetEverything.js';
export { createDeviceKey, openDeviceKey, type DeviceKeyOptions } from './vault/deviceKey/createDeviceKey.js';
export { eraseDeviceKey, type EraseDeviceKeyOptions } from './vault/deviceKey/eraseDeviceKey.js';
export type { DeviceKey, SignChallengeOptions, SignRegistrationOptions } from './vault/deviceKey/DeviceKey.js';
export { rivals } from './geometry/selectFace.js';
export { curveFor, type FrameCounts } from './matching/curveFor.js';
export { distance } from './matching/distance.js';
export { normalizedDistance } from './matching/normalizedDistance.js';
export { distanceTo } from './client/distanceTo.js';
export { estimateFmr, thresholdAt } from './matching/operatingCurve.js';
export { fmrForFpir, fpirForFmr } from './matching/identificationRate.js';
export {
  Gallery,
  type Enrolled,
  type GalleryEntry,
  type GallerySource,
  type NormalizedDistances,
  type PackedGallery,
} from './matching/Gallery.js';
export { DEFAULT_FPIR, identify, type Candidate, type IdentifyOptions, type IdentifyResult } from './matching/identify.js';
export { cluster, type ClusterOptions } from './matching/cluster.js';
export { FACE_OVAL } from './geometry/faceOval.js';
export { ERROR_CODES, VisavisError, type VisavisErrorCode, type VisavisErrorOptions } from './shared/VisavisError.js';
export { BACKENDS, DEFAULT_FMR } from './shared/options.js';
export { SUPPORT_FEATURES } from './shared/support.js';
export type { FeatureSupport, Support, SupportFeature, SupportValue } from './shared/support.js';
export { VERSION } from './shared/version.js';
export { QUALITY_REASONS } from './shared/FaceReport.js';
export type {
  Box,
  FaceLight,
  FaceParts,
  FaceReport,
  FivePoints,
  LinearRgb,
  Point,
  Pose,
  Quality,
  QualityReason,
  Thumbnail,
} from './shared/FaceReport.js';
export type { CeremonyListeners, CeremonyProgress, CeremonyPrompt } from './shared/ceremony.js';
export { CHALLENGES, LIVENESS_REASONS } from './shared/liveness.js';
export type {
  Challenge,
  LightMeasures,
  LivenessAction,
  LivenessHint,
  LivenessLight,
  LivenessMeasures,
  LivenessOptions,
  LivenessProgress,
  LivenessPrompt,
  LivenessReason,
  LivenessResult,
  LivenessRunOptions,
} from './shared/liveness.js';
export type { Cohort, CohortFile, CohortRule } from './shared/Cohort.js';
export type { Calibration } from './shared/Calibration.js';
export type { Integrity } from './shared/integrity.js';
export type { FusedCalibration, Measurement, OperatingPoint } from './shared/Manifest.js';
export type {
  DevicePublicJwk,
  MatchAssertionClaims,
  MatchAssertionHeader,
  MatchFacts,
  RegistrationClaims,
} from './shared/MatchAssertion.js';
export type { EmbeddingOrigin, Protection, Template } from './shared/Template.js';
export type {
  Backend,
  BackendChoice,
  CallOptions,
  AnalyzeOptions,
  FrameOptions,
  LookOptions,
  EmbedOptions,
  EnrollOptions,
  FaceSelection,
  FaceVerifierOptions,
  LoadProgress,
  LoadRetry,
  LoadStage,
} from './shared/options.js';
export type { LivenessRefusal, NoMatchReason, VerifiedLiveness, VerifyOptions, VerifyResult } from './shared/verification.js';
export type { LookResult, CaptureOutcome, EmbedResult } from './shared/captures.js';
export type { Arithmetic, ArithmeticChoice } from './shared/Arithmetic.js';
export type { Fallback, NormalizedPoints, PointsOrigin, VerifierInfo } from './shared/VerifierInfo.js';
export { ENROLLMENT_VIEWS } from './shared/enrollment.js';
export type {
  EnrollLiveness,
  EnrollLiveOptions,
  EnrollmentHint,
  EnrollmentProgress,
  EnrollmentPrompt,
  EnrollmentView,
} from './shared/enrollment.js';
export type { Clock } from './shared/Clock.js';
export type {
  CheckLiveOptions,
  CheckLiveResult,
  IdentifyLiveOptions,
  LiveHint,
  LiveOptions,
  LiveProgress,
  LivePrompt,
  NotIdentifiedReason,
  Presence,
  VerifyLiveOptions,
  VerifyLiveResult,
  WatchOptions,
} from './shared/live.js';
export { CAPTURE_MODES, CAPTURE_PHASES } from './shared/capture.js';
export type {
  CaptureAction,
  CaptureHint,
  CaptureInstruction,
  CaptureMode,
  CapturePhase,
  CaptureResult,
  CaptureState,
} from './shared/capture.js';
