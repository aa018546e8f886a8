import type { OptionNames } from '../../shared/assertOptions.js';
import type { LookResult } from '../../shared/captures.js';
import type { EnrollLiveOptions } from '../../shared/enrollment.js';
import type { VerifyLiveResult } from '../../shared/live.js';
import type { LivenessResult } from '../../shared/liveness.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import { DEFAULT_FMR, type CallOptions, type EnrollOptions, type LookOptions } from '../../shared/options.js';
import type { Template } from '../../shared/Template.js';
import type { VerifyOptions, VerifyResult } from '../../shared/verification.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import type { Sources } from '../pictures/Sources.js';

/** The false match rate at which `renew` and `renewLive` decide by default: a tenth of what `verify` does, because a match hands on the template. */
export const DEFAULT_RENEWAL_FMR = DEFAULT_FMR / 10;

/** A face verifier, by what a renewal asks of it. */
export interface OlderVerifier {
  readonly info: VerifierInfo;
  look(source: ImageSource, options?: LookOptions): Promise<LookResult>;
  verify(sources: Sources, template: Template, options?: VerifyOptions): Promise<VerifyResult>;
}

/** What every renewal takes. */
export interface Renewal {
  /** The verifier of the model that made the template. It stays the caller's: dispose of it when nobody is left to renew. */
  from: OlderVerifier;
  /**
   * The false match rate to decide at; default 1e-4, a tenth of what `verify` decides at. A `RangeError` names the range that the older
   * model's data support.
   */
  fmr?: number;
}

export interface RenewOptions extends CallOptions, Renewal, Pick<EnrollOptions, 'onCapture'> {
  /** The result of a liveness session that was drawn with the verifier `from`; as in `VerifyOptions`. */
  liveness?: LivenessResult;
}

export interface RenewLiveOptions extends EnrollLiveOptions, Renewal {}

/**
 * What the older model's verification found, and with a match the new template. `session`: the liveness session that `renewLive` ran, passed or
 * not; null where it ran none. A page can sign the result like any match: it says what the older model found.
 */
export type RenewResult = VerifyLiveResult &
  ({ readonly match: true; readonly template: Template } | { readonly match: false; readonly template: null });

const renewal: OptionNames<Renewal> = { from: true, fmr: true };

export const RENEW: OptionNames<RenewOptions> = { ...OPTION_NAMES.call, ...renewal, onCapture: true, liveness: true };
export const RENEW_LIVE: OptionNames<RenewLiveOptions> = { ...OPTION_NAMES.enrollLive, ...renewal };
