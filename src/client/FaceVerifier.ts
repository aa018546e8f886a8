import type { GallerySource, PackedGallery } from '../matching/Gallery.js';
import { assertOptions } from '../shared/assertOptions.js';
import type { EnrollLiveOptions } from '../shared/enrollment.js';
import type { FaceReport } from '../shared/FaceReport.js';
import { assertFactory } from '../shared/factoryOnly.js';
import type {
  CheckLiveOptions,
  CheckLiveResult,
  IdentifyLiveOptions,
  VerifyLiveOptions,
  VerifyLiveResult,
  WatchOptions,
} from '../shared/live.js';
import { OPTION_NAMES } from '../shared/optionNames.js';
import type { AnalyzeOptions, EmbedOptions, EnrollOptions, LookOptions } from '../shared/options.js';
import type { EmbedResult, LookResult } from '../shared/captures.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import type { VerifyOptions, VerifyResult } from '../shared/verification.js';
import type { Template } from '../shared/Template.js';
import { ENGINE_ACCESS, type EngineAccess } from './bridge/engineAccess.js';
import { drawSession } from './live/drawSession.js';
import { checkLiveFrom } from './live/checkLiveFrom.js';
import { enrollLiveFrom } from './live/enrollLiveFrom.js';
import { enrollFrom } from './enrollFrom.js';
import { holdFrame } from './renewal/holdFrame.js';
import type { ImageSource } from './pictures/ImageSource.js';
import { identifyLiveFrom, type IdentifyLiveResult } from './live/identifyLiveFrom.js';
import type { LiveParts } from './live/LiveParts.js';
import { assertSessionResult } from './live/livenessResults.js';
import type { LivenessSession } from './live/LivenessSession.js';
import type { Looker } from './live/Looker.js';
import type { VerifierLooker } from './live/VerifierLooker.js';
import { renewFrom } from './renewal/renewFrom.js';
import { renewLiveFrom } from './renewal/renewLiveFrom.js';
import { RENEW, RENEW_LIVE, type RenewLiveOptions, type RenewOptions, type RenewResult } from './renewal/RenewOptions.js';
import type { Pictures, Sources } from './pictures/Sources.js';
import type { FrameSource } from './camera/timedFrames.js';
import { verifyFrom } from './verifyFrom.js';
import { verifyLiveFrom } from './live/verifyLiveFrom.js';
import { watchFrom, type PresenceWatch } from './live/watchFrom.js';

/** What a verifier needs of its engine beside its eyes. */
export interface Engine {
  memory(): Promise<{ tensors: number; bytes: number }>;
  dispose(): void;
}

/**
 * Verifies faces on this device; created by `createFaceVerifier`. Calls are answered one at a time, in order. Every method rejects with
 * `disposed` after `dispose`, with `aborted` when its signal fires, with `bad-image` for a source without a readable picture, and with a
 * TypeError for anything that is not a source.
 */
export class FaceVerifier implements Looker {
  readonly #engine: Engine;
  readonly #looker: VerifierLooker;

  readonly #live: LiveParts;
  readonly #hold: typeof holdFrame;

  /** @internal Use `createFaceVerifier`. */
  constructor(
    factory: symbol,
    engine: Engine,
    looker: VerifierLooker,
    draw: LiveParts['drawSession'] = (options) => drawSession(looker, options),
    hold = holdFrame,
  ) {
    assertFactory(factory, 'FaceVerifier', 'createFaceVerifier');
    this.#engine = engine;
    this.#looker = looker;
    this.#live = { looker, drawSession: draw };
    this.#hold = hold;
  }

  /** What the verifier currently runs on (with `auto` the backend may change once), the model's versions, and the operating points. */
  get info(): VerifierInfo {
    return this.#looker.info;
  }

  /** All faces in the picture, most certain first; an empty array if there are none. Coordinates are in source-image pixels. */
  async analyze(source: ImageSource, options: AnalyzeOptions = {}): Promise<FaceReport[]> {
    assertOptions(options, OPTION_NAMES.analyze, 'analyze');
    return this.#looker.analyze(source, options);
  }

  /**
   * The embedding of the face in the picture, of unit length, whatever its quality. Throws `no-face` and `several-faces` (see
   * `FaceSelection`).
   */
  async embed(source: ImageSource, options: EmbedOptions = {}): Promise<EmbedResult> {
    assertOptions(options, OPTION_NAMES.embed, 'embed');
    const { face, embedding } = await this.#looker.look(source, { ...options, gate: false });
    return { face, embedding: embedding! };
  }

  /**
   * Like `embed`, but for camera frames: a capture of low quality is not embedded, which saves the most expensive part of the work. Then
   * `embedding` is null, and `face.quality.reasons` says why.
   */
  async look(source: ImageSource, options: LookOptions = {}): Promise<LookResult> {
    assertOptions(options, OPTION_NAMES.look, 'look');
    return this.#looker.look(source, options);
  }

  /** The embeddings of all faces in the picture, most certain first; an empty array if there are none. For `identify` and `cluster`. */
  async embedAll(source: ImageSource, options: AnalyzeOptions = {}): Promise<EmbedResult[]> {
    assertOptions(options, OPTION_NAMES.analyze, 'embedAll');
    return this.#looker.embedAll(source, options);
  }

  /**
   * Makes a template from one or more captures of one person: the normalized mean of their embeddings. Captures without exactly one face,
   * of low quality, or unlike the others are left out. At least half must remain; otherwise throws `no-face`, `several-faces` or
   * `low-quality`, whichever problem was most common (with its reasons). A stream of sources, such as `camera.frames({ limit: 5 })`, is
   * read to its end; if the camera is stopped or lost before that, the call rejects with `aborted` or `camera-lost`.
   */
  async enroll(sources: Sources, options: EnrollOptions = {}): Promise<Template> {
    assertOptions(options, OPTION_NAMES.enroll, 'enroll');
    return enrollFrom(this.#looker, sources, options);
  }

  /**
   * Enrolls a person in front of a camera: asks for a front view, a slight turn to each side and another distance, takes the frames that
   * are good, still and of the same person, and makes a template of them (`consistency` says how alike they are). `onPrompt` and
   * `onProgress` report what to tell the person. Views not seen in time are left out. If the front view is not seen in time, throws
   * `no-face`, `several-faces` or `low-quality`, whichever was the problem last. Throws `aborted` when the signal fires or the camera is
   * stopped, and `camera-lost` when the camera is lost or gives no more frames.
   */
  async enrollLive(source: FrameSource, options: EnrollLiveOptions = {}): Promise<Template> {
    assertOptions(options, OPTION_NAMES.enrollLive, 'enrollLive');
    return enrollLiveFrom(this.#live, source, options);
  }

  /**
   * Decides whether one or more pictures show the enrolled person, at a false match rate (`fmr`, default 1e-3). Several frames, such as
   * `camera.frames({ limit: 3 })`, are fused and decided on once, with the threshold measured for that many frames; far fewer genuine
   * attempts are refused at the same rate. Always resolves with a result, even for pictures without a single good face: see `reason`.
   * Throws `template-invalid` and `template-incompatible`, `aborted` or `camera-lost` when a stream of frames ends that way, and a
   * RangeError for a rate that the model was not measured at.
   */
  async verify(sources: Sources, template: Template, options: VerifyOptions = {}): Promise<VerifyResult> {
    assertOptions(options, OPTION_NAMES.verify, 'verify');
    return verifyFrom(this.#looker, sources, template, options);
  }

  /**
   * Verifies the person in front of a camera: waits for good frames, as many as the model was measured for at this `fmr`, and decides once,
   * on the best of them (docs/live.md says how many). With `liveness`, a session comes first and its frames are compared. Always
   * resolves with a result: where nobody is seen well enough within `timeLimit`, `reason` says why. Every call is one attempt; a page that
   * calls again and again gives strangers as many chances (see `openAttempts`).
   *
   * Throws `template-invalid` and `template-incompatible`, `aborted` when the signal fires or the camera is stopped, `camera-lost` when it is
   * lost or gives no more frames, and a RangeError for a rate that the model was not measured at.
   */
  async verifyLive(source: FrameSource, template: Template, options: VerifyLiveOptions = {}): Promise<VerifyLiveResult> {
    assertOptions(options, OPTION_NAMES.verifyLive, 'verifyLive');
    return verifyLiveFrom(this.#live, source, template, options);
  }

  /**
   * Makes a template for this verifier's model of one that an older model made, so that nobody has to enroll again when the model changes. `from`, a
   * verifier of the older model, verifies the pictures at a false match rate (`fmr`, default 1e-4, a tenth of what `verify` decides at); with a
   * match this one makes a template of the very same pictures, by the rules of `enroll`. Every picture that goes into it also has to match by itself;
   * at least half must remain. `createdAt` is that of the old template, of which nothing else is kept.
   *
   * Always resolves with a result, even for pictures without a single good face. Throws like `verify`, `template-incompatible` for a template that
   * `from` did not make, and a RangeError where both verifiers run the same model.
   */
  async renew(pictures: Pictures, template: Template, options: RenewOptions): Promise<RenewResult> {
    assertOptions(options, RENEW, 'renew');
    // A session of another copy of this library only the verifier there knows.
    if (options.liveness !== undefined && options.from instanceof FaceVerifier) assertSessionResult(options.liveness);
    return renewFrom({ looker: this.#looker, hold: this.#hold }, pictures, template, options);
  }

  /**
   * Like `renew`, in front of a camera: asks for the views of `enrollLive`, and verifies what it takes. With `liveness`, a session of `from` comes
   * first. Not being seen well enough is a result. Every call is one attempt. Throws like `verifyLive` and `renew`.
   */
  async renewLive(source: FrameSource, template: Template, options: RenewLiveOptions): Promise<RenewResult> {
    assertOptions(options, RENEW_LIVE, 'renewLive');
    return renewLiveFrom({ looker: this.#looker, hold: this.#hold }, source, template, options);
  }

  /**
   * Finds out who of a gallery is in front of a camera, for kiosks: like `verifyLive`, one decision on the best frames, at a false positive
   * identification rate for the whole gallery (`fpir`, default 1e-2). Throws like `verifyLive`, and a RangeError for a rate that the model
   * does not support for a gallery of this size.
   */
  async identifyLive(
    source: FrameSource,
    gallery: PackedGallery | GallerySource,
    options: IdentifyLiveOptions = {},
  ): Promise<IdentifyLiveResult> {
    assertOptions(options, OPTION_NAMES.identifyLive, 'identifyLive');
    return identifyLiveFrom(this.#live, source, gallery, options);
  }

  /**
   * Waits for one good face in front of a camera and compares it with nobody; with `liveness`, it has to pass a session. Not passing is a
   * result. Nothing of the face is kept: neither `session` nor its captures can be verified any more. Throws `aborted` and `camera-lost` like `verifyLive`.
   */
  async checkLive(source: FrameSource, options: CheckLiveOptions = {}): Promise<CheckLiveResult> {
    assertOptions(options, OPTION_NAMES.live, 'checkLive');
    return checkLiveFrom(this.#live, source, options);
  }

  /**
   * Watches whether the enrolled person stays in front of a camera, while a page is open: one look every second or as `every` says, never
   * two at once, none while the page is hidden (`unknown` then). A state changes only once two looks in a row say so, and is
   * `unknown` after three in a row that neither say it nor agree. Each look searches the whole frame. For convenience, such as locking a
   * screen: every look is a new chance for somebody who resembles the person, so it is no way to log in.
   *
   * Throws for wrong options and templates at once; what happens later is in `ended`, which never rejects, and so is a protected template with
   * another's key, before the first look.
   */
  watch(source: FrameSource, template: Template, options: WatchOptions = {}): PresenceWatch {
    assertOptions(options, OPTION_NAMES.watch, 'watch');
    return watchFrom(this.#looker, source, template, options);
  }

  /** @internal For `createLivenessSession` and `visavis/testing`. */
  get [ENGINE_ACCESS](): EngineAccess {
    return {
      memory: () => this.#engine.memory(),
      embedCrop: (crop, signal) => this.#looker.embedCrop(crop, signal),
      drawSession: (options) => this.#live.drawSession(options) as LivenessSession,
    };
  }

  /**
   * Stops the engine: pending calls reject with `disposed` at once. Its worker, and its memory with it, go when the models that it has loaded are
   * kept for the next visit, which gets 10 seconds in which the page runs.
   */
  dispose(): void {
    this.#engine.dispose();
  }
}
