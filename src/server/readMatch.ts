import { CHALLENGES } from '../shared/liveness.js';
import type { MatchAssertionClaims, MatchFacts } from '../shared/MatchAssertion.js';
import { isCount, isObject, isText } from './verifySigned.js';

/** What an assertion claims about its match, as the server has read it. */
export interface SignedMatch extends MatchFacts {
  /** A word that the server compares with `shipped`. */
  readonly points: string;
  /** `finishedAt` in milliseconds since 1970. */
  readonly liveness: { readonly challenges: readonly string[]; readonly finishedAt: number } | null;
}

/** Letters, digits, dots and hyphens: nothing that means something to a page, a log or a database. */
const WORD = /^[\w.+-]{1,60}$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const MAX_FRAMES = 1000;
const MAX_CHALLENGES = 20;

/** The claim `match`; undefined where a part is missing, of another type or beyond what can be. A later SDK may claim more. */
export function readMatch(claim: unknown): SignedMatch | undefined {
  if (!isObject(claim)) return undefined;
  const { at, model, modelVersion, pipelineVersion, fmr, threshold, points, frames, sdk } = claim as Unknown<MatchAssertionClaims['match']>;
  const liveness = readLiveness(claim.liveness);
  if (!isWord(model) || !isWord(modelVersion) || !isWord(points) || !isWord(sdk) || liveness === undefined) return undefined;
  if (!isCount(at) || !isCount(pipelineVersion) || !isCount(frames) || frames < 1 || frames > MAX_FRAMES) return undefined;
  if (!isBetween(fmr, Number.MIN_VALUE, 1) || !isBetween(threshold, 0, 2)) return undefined;
  return { at, model, modelVersion, pipelineVersion, fmr, threshold, points, frames, sdk, liveness };
}

type Unknown<T> = { readonly [K in keyof T]?: unknown };

/** Null for null: no liveness was checked. */
function readLiveness(claim: unknown): SignedMatch['liveness'] | undefined {
  if (claim === null) return null;
  if (!isObject(claim)) return undefined;
  const { challenges, finishedAt } = claim;
  const known = (name: unknown): name is string => (CHALLENGES as readonly unknown[]).includes(name);
  if (!Array.isArray(challenges) || challenges.length < 1 || challenges.length > MAX_CHALLENGES || !challenges.every(known))
    return undefined;
  if (!isText(finishedAt, 30) || !ISO_TIME.test(finishedAt) || Number.isNaN(Date.parse(finishedAt))) return undefined;
  return { challenges, finishedAt: Date.parse(finishedAt) };
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && WORD.test(value);
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}
