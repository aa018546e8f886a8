import type { OptionNames } from './assertOptions.js';
import type { EnrollLiveOptions } from './enrollment.js';
import type { IdentifyLiveOptions, LiveOptions, VerifyLiveOptions, WatchOptions } from './live.js';
import type { LivenessOptions, LivenessRunOptions } from './liveness.js';
import type {
  AnalyzeOptions,
  CallOptions,
  EmbedOptions,
  EnrollOptions,
  FaceVerifierOptions,
  FrameOptions,
  LookOptions,
} from './options.js';
import type { VerifyOptions } from './verification.js';

/** For `assertOptions`: the option names of every call whose option types are in this folder. */
const call: OptionNames<CallOptions> = { signal: true };
const frame: OptionNames<FrameOptions> = { ...call, track: true };
const analyze: OptionNames<AnalyzeOptions> = { ...frame, small: true };
const embed: OptionNames<EmbedOptions> = { ...frame, select: true };
const look: OptionNames<LookOptions> = { ...embed, gate: true };
const enroll: OptionNames<EnrollOptions> = { ...frame, onCapture: true };
const verify: OptionNames<VerifyOptions> = { ...frame, fmr: true, threshold: true, gate: true, liveness: true };
const ceremony: OptionNames<LivenessRunOptions> = { ...call, onPrompt: true, onProgress: true };
const enrollLive: OptionNames<EnrollLiveOptions> = {
  ...ceremony,
  timeLimit: true,
  mirrored: true,
  onCapture: true,
  liveness: true,
  onDecide: true,
};
const live: OptionNames<LiveOptions> = { ...ceremony, timeLimit: true, liveness: true, onDecide: true };
const verifyLive: OptionNames<VerifyLiveOptions> = { ...live, fmr: true };
const identifyLive: OptionNames<IdentifyLiveOptions> = { ...live, fpir: true, candidates: true };
const watch: OptionNames<WatchOptions> = { ...call, every: true, fmr: true, onChange: true };
const liveness: OptionNames<LivenessOptions> = {
  challenges: true,
  count: true,
  timeLimit: true,
  mirrored: true,
  light: true,
  random: true,
};
const createFaceVerifier: OptionNames<FaceVerifierOptions> = {
  modelsUrl: true,
  model: true,
  backend: true,
  arithmetic: true,
  integrity: true,
  operatingPoints: true,
  cache: true,
  onProgress: true,
  signal: true,
  workerUrl: true,
  tfjsUrl: true,
};

export const OPTION_NAMES = {
  ...{ call, frame, analyze, embed, look, enroll, verify, ceremony, enrollLive, liveness, createFaceVerifier },
  ...{ live, verifyLive, identifyLive, watch },
};
