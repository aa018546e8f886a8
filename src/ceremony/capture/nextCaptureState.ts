import type { CaptureAction, CaptureEvent, CaptureInstruction, CaptureMode, CaptureState } from '../../shared/capture.js';

/** What is asked for while the person just has to look into the camera. */
const LOOKING: readonly CaptureAction[] = ['front', 'face-camera'];

export function idleCapture(mode: CaptureMode): CaptureState {
  const nothing = { loading: null, prompt: null, instruction: null, remaining: null, face: null, result: null, error: null };
  return Object.freeze({ phase: 'idle', mode, progress: 0, ...nothing });
}

/** The state after an event; the same object where that changes nothing. Pure. */
export function nextCaptureState(state: CaptureState, event: CaptureEvent): CaptureState {
  const changed = { ...idleCapture(state.mode), ...changesOf(state, event) };
  // The same instruction stays the same object, so that a view that draws only what changed does not draw it again.
  const next = isSame(state.instruction, changed.instruction) ? { ...changed, instruction: state.instruction } : changed;
  const same = (Object.keys(next) as (keyof CaptureState)[]).every((key) => state[key] === next[key]);
  return same ? state : Object.freeze(next);
}

/** What differs from an idle capture. */
function changesOf(state: CaptureState, event: CaptureEvent): Partial<CaptureState> {
  switch (event.type) {
    case 'phase':
      return { phase: event.phase };
    case 'loaded':
      return { phase: 'loading', loading: event.progress };
    case 'get-ready':
      return { phase: 'get-ready', remaining: seconds(event.milliseconds) };
    case 'prompted': {
      const { prompt } = event;
      const { face } = state;
      return { phase: phaseFor(prompt.action), prompt, instruction: actionOf(prompt.action), remaining: seconds(prompt.timeLimit), face };
    }
    case 'progressed': {
      const { prompt, progress, remaining, face } = event.progress;
      const hint: CaptureInstruction | null = event.hint === null ? null : { kind: 'hint', hint: event.hint };
      const told = { instruction: hint ?? actionOf(prompt.action), remaining: seconds(remaining) };
      return { phase: phaseFor(prompt.action), prompt, progress, face, ...told };
    }
    case 'decided':
      return { phase: 'done', result: event.result };
    case 'failed':
      return { phase: 'failed', error: event.error };
  }
}

function phaseFor(action: CaptureAction): 'looking' | 'prompting' {
  return LOOKING.includes(action) ? 'looking' : 'prompting';
}

function actionOf(action: CaptureAction): CaptureInstruction {
  return { kind: 'action', action };
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}

function isSame(a: CaptureInstruction | null, b: CaptureInstruction | null): boolean {
  return a !== null && b !== null && nameOf(a) === nameOf(b);
}

function nameOf(instruction: CaptureInstruction): string {
  return instruction.kind === 'hint' ? `hint ${instruction.hint}` : `action ${instruction.action}`;
}
