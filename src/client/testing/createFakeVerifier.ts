import type { GallerySource, PackedGallery } from '../../matching/Gallery.js';
import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import type { CaptureAction } from '../../shared/capture.js';
import type { EnrollLiveOptions } from '../../shared/enrollment.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { CheckLiveOptions, CheckLiveResult, IdentifyLiveOptions, VerifyLiveOptions, VerifyLiveResult } from '../../shared/live.js';
import type { LivenessReason } from '../../shared/liveness.js';
import type { Template } from '../../shared/Template.js';
import { FaceVerifier } from '../FaceVerifier.js';
import type { IdentifyLiveResult } from '../live/identifyLiveFrom.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import type { RenewLiveOptions, RenewResult } from '../renewal/RenewOptions.js';
import type { FrameSource } from '../camera/timedFrames.js';
import { FAKE_INFO } from './fakeInfo.js';
import { FakeLooker, obedient, type FakeSight } from './FakeLooker.js';
import { FakeSession } from './FakeSession.js';

export interface FakeVerifierOptions {
  /** What it sees; default: a person called `someone` who does what is asked. */
  sees?: FakeSight;
  /** How liveness sessions end; default `passed`. */
  liveness?: 'passed' | LivenessReason;
  /** The version of the model that it pretends to run; default `1.0.0`. Versions see the same faces and embed them each in its own way. */
  modelVersion?: string;
}

/** A verifier that needs no model. What it decides, it decides like a real one; only what it sees is scripted. */
export interface FakeVerifier extends FaceVerifier {
  /** May be changed at any time. */
  sees: FakeSight;
  liveness: 'passed' | LivenessReason;
  readonly disposed: boolean;
  /** The template of a person, as if enrolled. */
  templateOf(person: string): Template;
}

const OPTIONS: OptionNames<FakeVerifierOptions> = { sees: true, liveness: true, modelVersion: true };

/**
 * A verifier for an app's tests, with or without a browser. Captures, enrollment and verification run by the library's own rules on
 * scripted looks; liveness sessions ask for their challenges, take each as done with the next good frame, and end as `liveness` says. Its templates fit no model, and its matches
 * cannot be signed.
 */
export function createFakeVerifier(options: FakeVerifierOptions = {}): FakeVerifier {
  assertOptions(options, OPTIONS, 'createFakeVerifier');
  const { sees = obedient('someone'), liveness = 'passed', modelVersion = FAKE_INFO.modelVersion } = options;
  const looker = new FakeLooker({ ...FAKE_INFO, modelVersion });
  looker.sight = sees;
  return new ScriptedVerifier(looker, { liveness });
}

class ScriptedVerifier extends FaceVerifier {
  readonly #eyes: FakeLooker;
  readonly #script: { liveness: 'passed' | LivenessReason };

  constructor(looker: FakeLooker, script: { liveness: 'passed' | LivenessReason }) {
    const engine = { memory: () => Promise.resolve({ tensors: 0, bytes: 0 }), dispose: () => void (looker.disposed = true) };
    const hold = (source: ImageSource) => Promise.resolve({ source, toSource: (face: FaceReport) => face, release: () => {} });
    super(FACTORY, engine, looker, (options) => new FakeSession(looker, options, script.liveness), hold);
    this.#eyes = looker;
    this.#script = script;
  }

  get sees(): FakeSight {
    return this.#eyes.sight;
  }

  set sees(sight: FakeSight) {
    this.#eyes.sight = sight;
  }

  get liveness(): 'passed' | LivenessReason {
    return this.#script.liveness;
  }

  set liveness(outcome: 'passed' | LivenessReason) {
    this.#script.liveness = outcome;
  }

  get disposed(): boolean {
    return this.#eyes.disposed;
  }

  templateOf(person: string): Template {
    const { model, modelVersion, pipelineVersion } = this.info;
    const made = { captures: 6, consistency: 1, createdAt: new Date().toISOString(), embedding: this.#eyes.embeddingOf(person) };
    return { format: 'visavis-template', formatVersion: 1, model, modelVersion, pipelineVersion, ...made };
  }

  override async enrollLive(source: FrameSource, options: EnrollLiveOptions = {}): Promise<Template> {
    return this.#hearing(options.onPrompt, (onPrompt) => super.enrollLive(source, { ...options, onPrompt }));
  }

  override async renewLive(source: FrameSource, template: Template, options: RenewLiveOptions): Promise<RenewResult> {
    const { from } = options;
    const eyes = from instanceof ScriptedVerifier ? [this.#eyes, from.#eyes] : [this.#eyes];
    return this.#hearing(options.onPrompt, (onPrompt) => super.renewLive(source, template, { ...options, onPrompt }), eyes);
  }

  override async verifyLive(source: FrameSource, template: Template, options: VerifyLiveOptions = {}): Promise<VerifyLiveResult> {
    return this.#hearing(options.onPrompt, (onPrompt) => super.verifyLive(source, template, { ...options, onPrompt }));
  }

  override async identifyLive(
    source: FrameSource,
    gallery: PackedGallery | GallerySource,
    options: IdentifyLiveOptions = {},
  ): Promise<IdentifyLiveResult> {
    return this.#hearing(options.onPrompt, (onPrompt) => super.identifyLive(source, gallery, { ...options, onPrompt }));
  }

  override async checkLive(source: FrameSource, options: CheckLiveOptions = {}): Promise<CheckLiveResult> {
    return this.#hearing(options.onPrompt, (onPrompt) => super.checkLive(source, { ...options, onPrompt }));
  }

  /** Lets the script know what the person is asked for. */
  async #hearing<P extends { readonly action: CaptureAction }, T>(
    onPrompt: ((prompt: P) => void) | undefined,
    call: (onPrompt: (prompt: P) => void) => Promise<T>,
    eyes = [this.#eyes],
  ): Promise<T> {
    try {
      return await call((prompt) => {
        for (const one of eyes) one.asked = prompt.action;
        onPrompt?.(prompt);
      });
    } finally {
      for (const one of eyes) one.asked = null;
    }
  }
}
