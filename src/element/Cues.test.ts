import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cues } from './Cues.js';

const spoken: { text: string; lang: string; onend: (() => void) | null; onerror: (() => void) | null }[] = [];
const speechSynthesis = { speak: vi.fn(), cancel: vi.fn() };
const vibrate = vi.fn(() => true);
const contexts: FakeAudio[] = [];

/** An audio context that remembers the tones, each by when it starts and how high it is. */
class FakeAudio {
  state = 'suspended';
  currentTime = 2;
  readonly destination = {};
  readonly tones: [start: number, hertz: number][] = [];
  readonly close = vi.fn(() => Promise.resolve());

  constructor() {
    contexts.push(this);
  }

  resume(): Promise<void> {
    this.state = 'running';
    return Promise.resolve();
  }

  createGain = () => ({ gain: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() }, connect: (next: object) => next });

  createOscillator() {
    const frequency = { value: 0 };
    const start = (at: number) => void this.tones.push([at, frequency.value]);
    return { frequency, start, stop: vi.fn(), connect: (next: object) => next };
  }
}

beforeEach(() => {
  class Utterance {
    lang = '';
    onend = null;
    onerror = null;
    constructor(readonly text: string) {
      spoken.push(this);
    }
  }
  vi.stubGlobal('speechSynthesis', speechSynthesis);
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
  vi.stubGlobal('AudioContext', FakeAudio);
  vi.stubGlobal('navigator', { vibrate });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
  spoken.length = contexts.length = 0;
});

function cuesOf(tokens: string | null): Cues {
  const cues = new Cues();
  cues.set(tokens);
  return cues;
}

/** All that can happen to them. */
function useAll(cues: Cues): void {
  cues.wake();
  cues.say('Turn', 'en');
  for (const what of ['step', 'good', 'bad', 'trouble'] as const) cues.signal(what);
  cues.stop();
}

it.each([null, '', 'none', 'Speech'])('are silent where the page asks for %j', (tokens) => {
  useAll(cuesOf(tokens));
  expect([spoken, contexts, speechSynthesis.cancel.mock.calls, vibrate.mock.calls]).toEqual([[], [], [], []]);
});

it('give only what is asked for, until that changes', () => {
  const cues = cuesOf(' vibration\nother ');
  cues.say('Turn', 'en');
  cues.signal('step');
  expect([spoken, vibrate.mock.calls]).toEqual([[], [[[40]]]]);
  cues.set('speech');
  cues.say('Turn', 'en');
  cues.signal('good');
  expect([spoken.length, vibrate.mock.calls.length]).toEqual([1, 1]);
});

describe('speech', () => {
  it('is in the language of the text, and the newest replaces what is still being said', () => {
    const cues = cuesOf('speech');
    cues.say('', 'de');
    cues.say('Kommen Sie näher', 'de');
    expect([spoken.map(({ text, lang }) => [text, lang]), speechSynthesis.cancel.mock.calls.length]).toEqual([
      [['Kommen Sie näher', 'de']],
      0,
    ]);
    cues.say('Halten Sie still', 'de');
    expect([speechSynthesis.speak.mock.calls.length, speechSynthesis.cancel.mock.calls.length]).toEqual([2, 1]);
  });

  it('ends with the element, and never what the page itself says', () => {
    const cues = cuesOf('speech');
    cues.say('Turn', 'en');
    cues.stop();
    expect(speechSynthesis.cancel).toHaveBeenCalledOnce();
    cues.say('Turn', 'en');
    spoken[1].onend?.();
    cues.stop();
    cues.say('Turn', 'en');
    spoken[2].onerror?.(); // no voice for it
    cues.stop();
    expect(speechSynthesis.cancel).toHaveBeenCalledOnce();
  });

  it('ends also where the page no longer asks for it', () => {
    const cues = cuesOf('speech');
    cues.say('Turn', 'en');
    cues.set(null);
    cues.stop();
    expect(speechSynthesis.cancel).toHaveBeenCalledOnce();
  });
});

describe('sound', () => {
  it('rises for good, falls for bad, one tone after the other', () => {
    const cues = cuesOf('sound');
    cues.wake();
    for (const what of ['step', 'good', 'bad'] as const) {
      contexts[0].tones.length = 0;
      cues.signal(what);
      const [first, second] = contexts[0].tones;
      expect(first[0]).toBe(2);
      if (second) expect([second[0] > 2, second[1] > first[1]]).toEqual([true, what === 'good']);
      expect(contexts[0].tones).toHaveLength(what === 'step' ? 1 : 2);
    }
    cues.stop();
    expect(contexts[0].close).toHaveBeenCalledOnce();
  });

  it('wakes one context, and another after the end', () => {
    const cues = cuesOf('sound');
    cues.wake();
    cues.wake();
    expect(contexts).toHaveLength(1);
    cues.stop();
    cues.wake();
    expect(contexts).toHaveLength(2);
  });

  it('piles up no tones where the browser lets the page make no sound', async () => {
    vi.spyOn(FakeAudio.prototype, 'resume').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    const cues = cuesOf('sound vibration');
    cues.wake();
    await Promise.resolve();
    cues.signal('good');
    expect([contexts[0].tones, vibrate.mock.calls]).toEqual([[], [[[40, 60, 40]]]]);
    contexts[0].close.mockRejectedValue(new DOMException('closed', 'InvalidStateError'));
    cues.stop();
    vi.restoreAllMocks();
  });
});

describe('a browser that cannot', () => {
  it.each(['speechSynthesis', 'SpeechSynthesisUtterance', 'AudioContext'])('goes without %s', (name) => {
    vi.stubGlobal(name, undefined);
    expect(() => useAll(cuesOf('speech sound vibration'))).not.toThrow();
    expect(vibrate).toHaveBeenCalledWith([180]);
  });

  it('goes without vibration', () => {
    vi.stubGlobal('navigator', {});
    expect(() => useAll(cuesOf('speech sound vibration'))).not.toThrow();
    expect(spoken).toHaveLength(1);
  });

  it('goes without a sound device', () => {
    vi.stubGlobal('AudioContext', function NoDevice() {
      throw new DOMException('no device', 'NotSupportedError');
    });
    expect(() => useAll(cuesOf('speech sound vibration'))).not.toThrow();
    expect(vibrate).toHaveBeenCalledWith([180]);
  });
});
