import type { Outcome } from './FlowState.js';

export const CUES = ['speech', 'sound', 'vibration'] as const;
export type Cue = (typeof CUES)[number];

/** Hertz, one after the other. */
const TONES = { step: [880], good: [660, 990], bad: [440, 330], trouble: [440, 330] } as const;
/** Seconds. */
const TONE = 0.11;
/** Milliseconds on, off, on. */
const BUZZ = { step: [40], good: [40, 60, 40], bad: [180], trouble: [180] };

/** Tells by ear and hand what the screen shows, where the page asks for it: somebody who turns their head does not see it. */
export class Cues {
  #wanted: ReadonlySet<Cue> = new Set();
  #audio: AudioContext | null = null;

  /** @param tokens of the attribute, such as `speech vibration` */
  set(tokens: string | null): void {
    const words = (tokens ?? '').split(/\s+/);
    this.#wanted = new Set(CUES.filter((cue) => words.includes(cue)));
  }

  /** To be called where the person pressed something: browsers let no page sound before. */
  wake(): void {
    if (!this.#wanted.has('sound') || typeof AudioContext === 'undefined') return;
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
  }

  say(text: string, language: string): void {
    if (!this.#wanted.has('speech') || typeof speechSynthesis === 'undefined' || text === '') return;
    speechSynthesis.cancel();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    speechSynthesis.speak(utterance);
  }

  signal(what: 'step' | Outcome['kind']): void {
    // Not there on iPhones.
    if (this.#wanted.has('vibration') && typeof navigator.vibrate === 'function') navigator.vibrate(BUZZ[what]);
    const audio = this.#audio;
    if (!audio || !this.#wanted.has('sound')) return;
    TONES[what].forEach((frequency, i) => {
      const [tone, loudness, start] = [audio.createOscillator(), audio.createGain(), audio.currentTime + i * TONE];
      tone.frequency.value = frequency;
      loudness.gain.setValueAtTime(0.12, start);
      loudness.gain.exponentialRampToValueAtTime(0.001, start + TONE);
      tone.connect(loudness).connect(audio.destination);
      tone.start(start);
      tone.stop(start + TONE);
    });
  }

  /** Silence, and no audio device held. */
  stop(): void {
    if (this.#wanted.has('speech') && typeof speechSynthesis !== 'undefined') speechSynthesis.cancel();
    void this.#audio?.close().catch(() => undefined);
    this.#audio = null;
  }
}
