import { describe } from '../../shared/describe.js';
import type { LivenessResult } from '../../shared/liveness.js';
import { ageOf, thisMoment, type Moment } from '../../shared/Moment.js';
import { LIVENESS_LIFETIME, type LivenessRefusal, type VerifiedLiveness } from '../../shared/verification.js';

interface Entry {
  /** Of every time the person faced the camera; null if the session was not passed. */
  readonly rests: readonly Float32Array[] | null;
  readonly proof: VerifiedLiveness;
  /** Null once it no longer gets older. */
  moment: Moment | null;
  used: boolean;
}

/** Every result that a session on this page returned. An object made by hand, or a copy, is not in here. */
const results = new WeakMap<LivenessResult, Entry>();

/** @param rests the mean embedding of each time the person faced the camera; they are overwritten once they were compared */
export function registerResult(result: LivenessResult, rests: readonly Float32Array[] | null): LivenessResult {
  const { challenges, finishedAt } = result;
  const proof = Object.freeze({ challenges, finishedAt });
  results.set(result, { rests, proof, moment: thisMoment(), used: false });
  return result;
}

/** A liveness result in the form that a verification uses. */
export interface Redeemed {
  /** Why it does not count; null if it does. */
  readonly refusal: LivenessRefusal | null;
  /** Of every time the person faced the camera, to be overwritten by whoever redeemed them; empty once used, or without a pass. */
  readonly rests: readonly Float32Array[];
  readonly proof: VerifiedLiveness;
  /** For a call that came to nothing by a mistake of the caller's: then nothing is overwritten, and the result counts as before. */
  readonly giveBack: () => void;
}

/** Throws a TypeError for anything that is not a session's result. */
export function assertSessionResult(result: LivenessResult): void {
  entryOf(result);
}

/** A result that is fresh now stays so until it is used: for a call that looks before it verifies, and uses it up however it ends. */
export function keepFresh(result: LivenessResult): void {
  const entry = results.get(result);
  if (entry && !refusalOf(entry)) entry.moment = null;
}

/**
 * Takes a result for a call that looks before it verifies: what is `held` counts as the result did, in the hands of that call only, and stays as
 * fresh; for every other call the result is used. One of another copy of this library is what it is.
 */
export function hold(result: LivenessResult): { readonly held: LivenessResult } & Pick<Redeemed, 'giveBack'> {
  const entry = results.get(result);
  if (!entry) return { held: result, giveBack: () => {} };
  const held = { ...result };
  results.set(held, { ...entry });
  keepFresh(held);
  const free = useUntil(entry);
  const giveBack = () => {
    results.delete(held);
    free();
  };
  return { held, giveBack };
}

/** Uses up a result, which has to be fresh at this moment; throws like `assertSessionResult`. */
export function redeem(result: LivenessResult): Redeemed {
  const entry = entryOf(result);
  const { rests, proof, used } = entry;
  const refusal = refusalOf(entry);
  // What is used already belongs to the call that uses it.
  return { refusal, rests: used ? [] : (rests ?? []), proof, giveBack: useUntil(entry) };
}

/** Used from now on, until it is given back by the call that used it. */
function useUntil(entry: Entry): () => void {
  const { used } = entry;
  entry.used = true;
  return () => void (entry.used &&= used);
}

/** Overwrites all that a result keeps of the face, its captures too, and uses it up: for one that the page does not get, or not for comparing. */
export function discard(result: LivenessResult): void {
  for (const { embedding } of result.captures) embedding.fill(0);
  const entry = results.get(result); // there is none for a session of another copy of this library
  if (entry) wipe(entry);
}

/** The same for a result that stays the page's, with its captures. What is used already belongs to the call that uses it. */
export function useUp(result: LivenessResult): void {
  const entry = results.get(result);
  if (entry && !entry.used) wipe(entry);
}

function wipe(entry: Entry): void {
  for (const rest of entry.rests ?? []) rest.fill(0);
  entry.used = true;
}

function entryOf(result: LivenessResult): Entry {
  const entry = typeof result === 'object' && result !== null ? results.get(result) : undefined;
  if (!entry) throw new TypeError(`expected liveness to be what a liveness session resolved to, got ${describe(result)}`);
  return entry;
}

function refusalOf({ rests, moment, used }: Entry): LivenessRefusal | null {
  if (!rests) return 'liveness-failed';
  if (used) return 'liveness-used';
  return moment && ageOf(moment) > LIVENESS_LIFETIME ? 'liveness-expired' : null;
}
