import type { CaptureResult } from '../shared/capture.js';
import { ERROR_CODES, VisavisError } from '../shared/VisavisError.js';
import { helpPlace } from './helpPlace.js';
import type { Outcome } from './FlowState.js';
import { Trouble } from './Trouble.js';
import type { ErrorWord } from './words/WordKey.js';

const PLAIN = { values: {}, help: null, retry: false } as const;
/** What people cannot do anything about: the developer reads the error itself. */
const UNEXPECTED: readonly string[] = ['import-failed', 'bad-image', 'aborted', 'disposed'];
/** Trying again changes nothing. */
const FINAL: readonly ErrorWord[] = ['template-missing', 'template-invalid', 'template-incompatible', 'vault-locked', 'key-missing'];

/** What to tell the person about a result. No figure: it would tell impostors how near they came. */
export function outcomeOfResult(result: CaptureResult): Outcome {
  if (result.mode === 'enroll') return { ...PLAIN, kind: 'good', title: 'result.enrolled.title', text: 'result.enrolled.text' };
  const retry = { ...PLAIN, retry: true };
  if (result.mode === 'check') {
    const { passed, reason } = result.check;
    if (passed) return { ...PLAIN, kind: 'good', title: 'result.checked.title', text: 'result.checked.text' };
    const text = reason === 'low-quality' ? 'result.low-quality' : (`liveness.${reason ?? 'no-face'}` as const);
    return { ...retry, kind: 'bad', title: 'result.not-passed.title', text };
  }
  const { match, reason, session } = result.verification;
  if (result.renewed) return { ...PLAIN, kind: 'good', title: 'result.match.title', text: 'result.renewed' };
  if (match) return { ...PLAIN, kind: 'good', title: 'result.match.title', text: 'result.match.text' };
  if (session?.reason) return { ...retry, kind: 'bad', title: 'result.not-passed.title', text: `liveness.${session.reason}` };
  const title = reason?.startsWith('liveness') ? 'result.not-passed.title' : 'result.no-match.title';
  return { ...retry, kind: 'bad', title, text: `result.${reason ?? 'different-person'}` };
}

/** What to tell the person about an error. */
export function outcomeOfError(error: Error): Outcome {
  if (error instanceof Trouble) {
    const { word, values } = error;
    if ('minutes' in values) return { ...toldBy(word as ErrorWord), text: 'error.waiting.minutes', values };
    if (word !== 'camera-unanswered') return { ...toldBy(word), values };
    return { ...PLAIN, kind: 'trouble', title: 'permission.title', text: 'permission.text', help: helpPlace(error), retry: true };
  }
  const word = wordOf(error);
  return { ...toldBy(word), help: word === 'camera-denied' ? helpPlace(error) : null };
}

function toldBy(word: ErrorWord): Outcome {
  return { ...PLAIN, kind: 'trouble', title: `error.${word}.title`, text: `error.${word}.text`, retry: !FINAL.includes(word) };
}

function wordOf(error: Error): ErrorWord {
  const code = error instanceof VisavisError ? error.code : null;
  if (!code || !ERROR_CODES.includes(code) || UNEXPECTED.includes(code)) return 'unexpected';
  return code as ErrorWord;
}
