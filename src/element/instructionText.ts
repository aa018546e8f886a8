import type { FlowState } from './FlowState.js';
import type { Words } from './words/Words.js';

/** What the person is to do now: one thing. Empty where there is nothing to do. */
export function instructionText(words: Words, { phase, capture }: FlowState): string {
  if (phase === 'get-ready') return words.say('ready.title');
  if (phase === 'deciding') return words.say('deciding.title');
  const instruction = capture?.instruction;
  if (!instruction) return '';
  return words.say(instruction.kind === 'hint' ? `hint.${instruction.hint}` : `action.${instruction.action}`);
}
