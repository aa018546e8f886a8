import type { Outcome } from './FlowState.js';

const CUES = ['speech', 'sound', 'vibration'] as const;
type Cue = (typeof CUES)[number];

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
  /** What is being said, or waits to be. The page may speak too: that is not cut short. */
  #utterance: SpeechSynthesisUtterance | null = null;

  /** @param tokens of the attribute, such as `speech vibration` */
  set(tokens: string | null): void {
    const words = (tokens ?? '').split(/\s+/);
    this.#wanted = new Set(CUES.filter((cue) => words.includes(cue)));
  }

  /** To be called where the person pressed something: browsers let no page sound before. Where they do not even then, it stays silent. */
  wake(): void {
    if (!this.#wanted.has('sound') || typeof AudioContext === 'undefined') return;
    try {
      this.#audio ??= new AudioContext();
    } catch {
      return; // No sound device, or too many contexts on the page.
    }
    this.#audio.resume().catch(() => undefined);
  }

  say(text: string, language: string): void {
    if (!this.#wanted.has('speech') || !canSpeak() || text === '') return;
    this.#hush();
    const utterance = (this.#utterance = new SpeechSynthesisUtterance(text));
    utterance.lang = language;
    utterance.onend = utterance.onerror = () => {
      if (this.#utterance === utterance) this.#utterance = null;
    };
    speechSynthesis.speak(utterance);
  }

  signal(what: 'step' | Outcome['kind']): void {
    if (this.#wanted.has('vibration')) vibrate(BUZZ[what]);
    const audio = this.#audio;
    // While it is suspended its clock stands: tones would pile up, and sound all at once later.
    if (audio?.state !== 'running' || !this.#wanted.has('sound')) return;
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

  /** Silence at once, and no audio device held. */
  stop(): void {
    this.#hush();
    if (this.#wanted.has('vibration')) vibrate(0);
    this.#audio?.close().catch(() => undefined);
    this.#audio = null;
  }

  #hush(): void {
    if (this.#utterance) speechSynthesis.cancel();
    this.#utterance = null;
  }
}

function canSpeak(): boolean {
  return typeof speechSynthesis !== 'undefined' && typeof SpeechSynthesisUtterance !== 'undefined';
}

function vibrate(pattern: number | number[]): void {
  // Not there on iPhones.
  if (typeof navigator.vibrate === 'function') navigator.vibrate(pattern);
}
