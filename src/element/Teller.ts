import { Announcer } from './Announcer.js';
import type { Cues } from './Cues.js';
import { isRunning, type FlowState } from './FlowState.js';
import { instructionText } from './instructionText.js';
import { isStep } from './isStep.js';
import type { Words } from './words/Words.js';

/** Tells screen readers, ears and hands what changed from one moment to the next. */
export class Teller {
  readonly #announcer: Announcer;
  readonly #cues: Cues;
  #before: FlowState | null = null;
  #spoken = '';

  /** @param show puts a text into the polite live region */
  constructor(show: (text: string) => void, cues: Cues) {
    this.#announcer = new Announcer(show);
    this.#cues = cues;
  }

  /** @param turnsOff whether the camera goes off with the capture: not one that the page has opened */
  follow(flow: FlowState, words: Words, turnsOff: boolean): void {
    const before = this.#before;
    this.#before = flow;
    if (!before || before === flow) return;
    const entered = before.phase !== flow.phase;
    if (flow.outcome) {
      if (before.outcome !== flow.outcome) this.#ended(flow.outcome, words);
      return;
    }
    if (!isRunning(flow)) {
      const off = turnsOff ? [words.say('announce.camera-off')] : [];
      if (isRunning(before)) this.#announcer.sayNow([words.say('announce.canceled'), ...off].join(' '));
      this.#cues.stop();
      this.#spoken = '';
      return;
    }
    if (flow.phase === 'loading' || flow.phase === 'asking-for-camera') {
      const text = flow.phase === 'loading' ? [words.say('loading.title')] : [words.say('permission.title'), words.say('permission.text')];
      if (entered) this.#announcer.sayNow(text.join('. '));
      return;
    }
    const text = instructionText(words, flow);
    const first = before.phase === 'asking-for-camera' || before.phase === 'loading';
    if (first) this.#announcer.sayNow(`${words.say('announce.camera-on')} ${text}`);
    else this.#announcer.say(text);
    if (text !== this.#spoken) this.#cues.say(text, words.language);
    this.#spoken = text;
    if (doneIn(flow) > doneIn(before) && isStep(before)) this.#cues.signal('step');
  }

  stop(): void {
    this.#announcer.stop();
    this.#cues.stop();
    this.#before = null;
    this.#spoken = '';
  }

  #ended({ kind, title, text, values }: NonNullable<FlowState['outcome']>, words: Words): void {
    const told = `${words.say(title, values)}. ${words.say(text, values)}`;
    this.#announcer.sayNow(told);
    this.#cues.say(told, words.language);
    this.#cues.signal(kind);
    this.#spoken = '';
  }
}

function doneIn({ capture }: FlowState): number {
  return capture?.prompt?.done ?? 0;
}
