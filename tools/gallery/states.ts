import { outcomeOfError, outcomeOfResult } from '../../src/element/outcomeOf.js';
import { Trouble } from '../../src/element/Trouble.js';
import type { CaptureAction, CaptureHint, CaptureResult, CaptureState } from '../../src/shared/capture.js';
import type { FaceReport } from '../../src/shared/FaceReport.js';
import type { LoadRetry } from '../../src/shared/options.js';
import type { CheckLiveResult, VerifyLiveResult } from '../../src/shared/live.js';
import type { LivenessReason } from '../../src/shared/liveness.js';
import type { Template } from '../../src/shared/Template.js';
import { ERROR_CODES, VisavisError } from '../../src/shared/VisavisError.js';
import type { NoMatchReason } from '../../src/shared/verification.js';
import type { FlowState, Outcome } from '../../src/element/FlowState.js';
import type { ElementView } from '../../src/element/view/ElementView.js';
import type { ErrorWord, HelpPlace, WordKey } from '../../src/element/words/WordKey.js';
import en from '../../src/element/words/en.json';

/** A state of the element, as far as it differs from the start of a verification. */
export type Shown = Partial<Pick<ElementView, 'mode' | 'movements' | 'consent' | 'retention' | 'light' | 'transaction' | 'cameras'>> & {
  readonly flow?: Partial<FlowState>;
  /** The screen is a lamp of that color. */
  readonly lit?: string;
};

const KEYS = Object.keys(en) as WordKey[];
/** What the words know under a first name: every hint, every action, every reason, so that none is forgotten. */
const named = <Name extends string>(prefix: string) =>
  KEYS.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length) as Name);

const REASONS = named<NoMatchReason>('result.').filter((name) => !name.includes('.'));

const FAR: FaceReport = { box: { x: 250, y: 160, width: 100, height: 130 } } as FaceReport;
const STILL: CaptureState = {
  ...{ phase: 'looking', mode: 'verify', loading: null, prompt: null, instruction: null, progress: 0, remaining: null },
  ...{ face: null, result: null, error: null },
};
const LONG_CAMERA = 'FaceTime HD Camera of the room on the second floor (05ac:8514)';
const CAMERAS = [LONG_CAMERA, ''].map((label, i) => ({ id: String(i), label, chosen: i === 0 }));

function running(phase: CaptureState['phase'], capture: Partial<CaptureState>, skip = true): { flow: Partial<FlowState> } {
  const instruction = capture.instruction ?? null;
  const action: CaptureAction = instruction?.kind === 'action' ? instruction.action : 'face-camera';
  const prompt = { action, done: 2, total: 6, timeLimit: 15_000, skip: skip ? () => undefined : null };
  return {
    flow: { phase, capture: { ...STILL, phase, ...(phase === 'prompting' && { prompt, remaining: 9, progress: 0.4 }), ...capture } },
  };
}

function ended(outcome: Outcome): Shown {
  return { flow: { phase: outcome.kind === 'trouble' ? 'failed' : 'done', outcome } };
}

function errorOf(word: ErrorWord): Error {
  const known = ERROR_CODES.find((code) => code === word);
  return known ? new VisavisError(known, '') : new Trouble(word, '', { seconds: 5 });
}

const each = <Name extends string>(prefix: string, names: readonly Name[], show: (name: Name) => Shown) =>
  Object.fromEntries(names.map((name) => [`${prefix} ${name}`, show(name)]));

/** Every state that people meet, by name. */
export const STATES: Readonly<Record<string, Shown>> = {
  'start verify': {},
  'start check, movements': { mode: 'check', movements: 3 },
  'start enroll': { mode: 'enroll', consent: 'open', retention: 30 },
  'consent missing': { mode: 'enroll', consent: 'missing', retention: 30 },
  'consent given': { mode: 'enroll', consent: 'given' },
  transaction: { transaction: 'Pay 25.00 EUR to Ann’s Bakery\nReference 2026-11-0042' },
  'light offered': { movements: 3, light: 'offered' },
  'light chosen': { movements: 3, light: 'chosen' },
  'loading begins': { flow: { phase: 'loading' } },
  'loading 40 %': { flow: { phase: 'loading', loading: { loaded: 4, total: 10, stage: 'download' } } },
  'loading again': {
    flow: { phase: 'loading', loading: { loaded: 4, total: 10, stage: 'download', retry: { url: '', attempt: 2 } as LoadRetry } },
  },
  'asking for the camera': { flow: { phase: 'asking-for-camera' } },
  'asking, unanswered': { flow: { phase: 'asking-for-camera', unanswered: true } },
  'get ready': running('get-ready', { remaining: 3 }),
  picker: { ...running('looking', { instruction: { kind: 'action', action: 'face-camera' } }), cameras: CAMERAS },
  'transaction, looking': {
    ...running('looking', { instruction: { kind: 'action', action: 'face-camera' } }),
    transaction: 'Pay 25.00 EUR to Ann’s Bakery',
  },
  ...each('action', named<CaptureAction>('action.'), (action) =>
    running('prompting', { instruction: { kind: 'action', action }, face: FAR }),
  ),
  lit: { ...running('prompting', { instruction: { kind: 'action', action: 'hold-still' }, face: FAR }, false), lit: 'rgb(192, 128, 128)' },
  ...each('hint', named<CaptureHint>('hint.'), (hint) =>
    running('prompting', { instruction: { kind: 'hint', hint }, face: FAR, progress: 0.1 }),
  ),
  deciding: running('deciding', { progress: 1 }),
  enrolled: { mode: 'enroll', ...ended(outcomeOfResult({ mode: 'enroll' } as CaptureResult)) },
  checked: { mode: 'check', ...ended(outcomeOfResult({ mode: 'check', check: { passed: true } as CheckLiveResult })) },
  match: ended(outcomeOfResult({ mode: 'verify', verification: { match: true } as VerifyLiveResult, renewed: null })),
  renewed: ended(outcomeOfResult({ mode: 'verify', verification: { match: true } as VerifyLiveResult, renewed: {} as Template })),
  ...each('no match', REASONS, (reason) =>
    ended(outcomeOfResult({ mode: 'verify', verification: { match: false, reason } as VerifyLiveResult, renewed: null })),
  ),
  ...each('liveness', named<LivenessReason>('liveness.'), (reason) =>
    ended(outcomeOfResult({ mode: 'check', check: { passed: false, reason } as CheckLiveResult })),
  ),
  ...each(
    'error',
    named<ErrorWord>('error.')
      .filter((name) => name.endsWith('.title'))
      .map((name) => name.replace('.title', '') as ErrorWord),
    (word) => ended(outcomeOfError(errorOf(word))),
  ),
  ...each('blocked', named<HelpPlace>('help.'), (help) => ended({ ...outcomeOfError(errorOf('camera-denied')), help })),
};
