import { abortable, throwIfAborted } from '../shared/abortable.js';
import { assertOptions } from '../shared/assertOptions.js';
import { OPTION_NAMES } from '../shared/optionNames.js';
import type { CallOptions } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import { withinAwakeTime } from '../shared/withinAwakeTime.js';
import { deleteDatabase } from '../vault/database/deleteDatabase.js';
import { clearModelCache } from './bridge/clearModelCache.js';
import { rememberCamera } from './camera/pickedCamera.js';

const PREFIX = 'visavis-';

/** How long the browser may take to answer, milliseconds: its storage has been seen to hang. */
const PATIENCE_MS = 10_000;

/**
 * Deletes everything that visavis keeps in this browser for this origin: vaults and their keys, attempt counts, device keys, model files,
 * the remembered backend, and the camera that was picked in `<visavis-capture>`. It cannot reach what a server or a passkey manager
 * keeps. Throws `vault-unavailable` if another tab keeps a database open, or if the browser does not list databases, lets the model files not be
 * deleted or does not answer; in that case delete this site's data in the browser's settings. Throws `aborted` when the signal fires; the browser
 * then deletes what it can all the same.
 */
export async function forgetEverything(options: CallOptions = {}): Promise<void> {
  assertOptions(options, OPTION_NAMES.call, 'forgetEverything');
  const { signal } = options;
  throwIfAborted(signal);
  rememberCamera(null);
  // Try all of them, even if one fails.
  await allOf([deleteDatabases(signal), deleteModels(signal)]);
}

async function deleteDatabases(signal: AbortSignal | undefined): Promise<void> {
  const list = async () => (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(PREFIX) ? name : []));
  const names = await answered(list(), signal, 'This browser does not list what it keeps for this site');
  await allOf(names.map((name) => deleteDatabase(name, signal)));
}

function deleteModels(signal: AbortSignal | undefined): Promise<void> {
  return answered(clearModelCache(), signal, 'This browser does not delete the model files that it keeps for this site');
}

/** Waits for each, and then throws what the first one that failed did. */
async function allOf(tasks: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(tasks)) if (outcome.status === 'rejected') throw outcome.reason;
}

/** What storage answers. Throws `aborted` when the signal fires, and `vault-unavailable` where it fails or says nothing. */
async function answered<T>(answer: Promise<T>, signal: AbortSignal | undefined, failure: string): Promise<T> {
  try {
    return await withinAwakeTime(abortable(answer, signal), PATIENCE_MS, () => {
      throw new Error(`no answer for ${PATIENCE_MS / 1000} s`);
    });
  } catch (cause) {
    if (cause instanceof VisavisError) throw cause;
    throw new VisavisError('vault-unavailable', `${failure}: delete this site’s data in the browser’s settings.`, { cause });
  }
}
