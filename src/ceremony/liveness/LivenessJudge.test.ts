import { describe, expect, it } from 'vitest';
import { CHALLENGES, type Challenge } from '../../shared/liveness.js';
import type { FaceLight, FaceReport } from '../../shared/FaceReport.js';
import { LIGHT_COLORS } from './lightColors.js';
import { CHALLENGE_RULES } from './challengeRules.js';
import { LivenessJudge } from './LivenessJudge.js';
import { litBy } from './fixtures/syntheticLight.js';
import { syntheticFace, type SyntheticPose } from './fixtures/syntheticFace.js';

const ME = Float32Array.of(1, 0, 0, 0);
const OTHER = Float32Array.of(0, 1, 0, 0);
const POSES: Record<Challenge, SyntheticPose> = {
  'turn-left': { yaw: 26 },
  'turn-right': { yaw: -26 },
  'look-up': { pitch: 20 },
  'look-down': { pitch: -20 },
  'come-closer': { scale: 1.4 },
  blink: { eyes: 0.3 },
  'open-mouth': { mouth: 0.5 },
};

interface Play {
  challenges?: Challenge[];
  /** What is done for a challenge; default: what is asked. */
  does?: (challenge: Challenge) => SyntheticPose;
  mirrored?: boolean;
  step?: number;
  /** What the screen shows. */
  colors?: readonly string[];
  /** How the face answers it. */
  answers?: (color: string | null) => FaceLight;
  /** The pose on the way to a challenge's, which takes half a second: how much of the time has passed. Default: evenly. */
  way?: (share: number) => SyntheticPose;
  /** Changes a frame before it is seen. */
  spoil?: (frame: { time: number; faces: number; face: FaceReport | null; embedding: Float32Array | null }, acted: number) => void;
}

/** Plays a session: half a second to the pose that is asked for, held, and half a second back. */
function play({
  challenges = ['turn-left', 'blink', 'open-mouth'],
  does = (c) => POSES[c],
  mirrored = false,
  step = 100,
  colors = [],
  answers = litBy,
  way,
  spoil,
}: Play) {
  const judge = new LivenessJudge(challenges, { timeLimit: 8000, mirrored, colors }, CHALLENGE_RULES);
  let [action, since, from, to] = ['face-camera', 0, {}, {}] as [string, number, SyntheticPose, SyntheticPose];
  let acted = 0;
  for (let time = 0; !judge.outcome && time < 120_000; time += step) {
    const asked = judge.prompt.action;
    if (asked !== action) {
      [action, since, from] = [asked, time, to];
      if (asked !== 'face-camera') acted++;
      to = asked === 'face-camera' || asked === 'hold-still' ? {} : does(asked);
    }
    const share = Math.min(1, (time - since) / 500);
    const blinking = to.eyes !== undefined && action !== 'face-camera';
    const mix = (key: Exclude<keyof SyntheticPose, 'light'>, rest: number) =>
      (from[key] ?? rest) + share * ((to[key] ?? rest) - (from[key] ?? rest));
    const eyes = blinking && time - since > 500 && time - since < 800 ? to.eyes! : 1;
    const face = syntheticFace({
      ...{ yaw: mix('yaw', 0), pitch: mix('pitch', 0), scale: mix('scale', 1), mouth: mix('mouth', 0), nose: to.nose ?? from.nose ?? 0.45 },
      ...{ eyes, noise: time + 1, light: answers(judge.color) },
      ...(way && action !== 'face-camera' ? way(share) : {}),
    });
    const frame = { time, faces: 1, face: face as FaceReport | null, embedding: ME as Float32Array | null };
    spoil?.(frame, acted);
    judge.observe(frame);
  }
  return { outcome: judge.outcome, measures: judge.measures, hint: judge.progress?.hint };
}

describe('a liveness session', () => {
  it('is passed by a person who does every challenge', () => {
    for (const challenge of CHALLENGES) {
      const { outcome, measures } = play({ challenges: [challenge, challenge === 'turn-left' ? 'turn-right' : 'turn-left'] });
      expect([challenge, outcome]).toEqual([challenge, { passed: true }]);
      expect(measures.times).toHaveLength(2);
      expect(measures.parallax).toBeGreaterThan(0.3);
    }
  });

  it('is passed at 30, 10 and 5 frames a second', () => {
    for (const step of [33, 100, 200]) {
      const { outcome, measures } = play({ challenges: ['look-up', 'turn-right', 'come-closer'], step });
      expect(outcome).toEqual({ passed: true });
      expect(measures.interval).toBe(step);
    }
  });

  it('knows left from right, also in mirrored frames', () => {
    const other = (c: Challenge) => POSES[c === 'turn-left' ? 'turn-right' : 'turn-left'];
    const challenges: Challenge[] = ['turn-left', 'turn-right'];
    expect(play({ challenges, mirrored: true, does: other }).outcome).toEqual({ passed: true });
    expect(play({ challenges, mirrored: true }).outcome).toEqual({ passed: false, reason: 'wrong-action' });
    expect(play({ challenges, does: other }).outcome).toEqual({ passed: false, reason: 'wrong-action' });
  });

  it('is not passed by any other action than the one asked for', () => {
    for (const asked of CHALLENGES) {
      for (const done of CHALLENGES.filter((c) => c !== asked && c !== 'blink')) {
        const { outcome } = play({ challenges: [asked], does: () => POSES[done] });
        expect([asked, done, outcome]).toEqual([asked, done, { passed: false, reason: 'wrong-action' }]);
      }
    }
  });

  it('is not passed by doing nothing', () => {
    for (const asked of CHALLENGES)
      expect(play({ challenges: [asked], does: () => ({}) }).outcome).toEqual({ passed: false, reason: 'timeout' });
  });

  it('is not passed by a face without depth, whatever turn it claims', () => {
    for (const asked of ['turn-left', 'turn-right', 'look-up', 'look-down'] as const) {
      const { outcome } = play({ challenges: [asked], does: () => ({ ...POSES[asked], nose: 0.02 }) });
      expect([asked, outcome]).toEqual([asked, { passed: false, reason: 'flat' }]);
    }
  });

  it('is not passed when another face takes the first one’s place, at any time', () => {
    for (const from of [1, 2, 3]) {
      const spoil: Play['spoil'] = (frame, acted) => {
        if (acted >= from) frame.embedding = OTHER;
      };
      expect(play({ spoil }).outcome).toEqual({ passed: false, reason: 'identity-changed' });
    }
  });

  it('ends when the face goes away, a second one comes, frames stop or the picture freezes', () => {
    const after = (change: NonNullable<Play['spoil']>): Play => ({ spoil: (frame, acted) => acted >= 1 && change(frame, acted) });
    const gone = play(after((frame) => Object.assign(frame, { faces: 0, face: null, embedding: null })));
    expect(gone.outcome).toEqual({ passed: false, reason: 'no-face' });
    const company = play(after((frame) => Object.assign(frame, { faces: 2, face: null, embedding: null })));
    expect(company.outcome).toEqual({ passed: false, reason: 'several-faces' });
    const late = play(after((frame) => (frame.time += 1500)));
    expect(late.outcome).toEqual({ passed: false, reason: 'interrupted' });
    const still = syntheticFace();
    const frozen = play({ spoil: (frame) => (frame.face = still) });
    expect(frozen.outcome).toEqual({ passed: false, reason: 'frozen' });
  });

  it('is not passed below four frames a second, whatever they show, and says why', () => {
    for (const step of [260, 500, 980]) {
      for (const challenges of [['turn-left'], ['come-closer', 'blink']] as Challenge[][]) {
        expect(play({ challenges, step })).toMatchObject({ outcome: { passed: false, reason: 'slow-frames' }, hint: 'slow-frames' });
      }
    }
  });

  it('does not begin again for one late frame', () => {
    let late = 0;
    const { outcome } = play({ spoil: (frame, acted) => void (frame.time += late = acted >= 2 ? 300 : late) });
    expect(outcome).toEqual({ passed: true });
  });

  it('is not passed by poses without the way to them: cut, by one half-way, or faded', () => {
    const shows = (way: (asked: number) => SyntheticPose): Play => ({ challenges: ['turn-left'], way: (share) => way(share) });
    const cut = shows((share) => (share < 0.5 ? { yaw: 0 } : { yaw: 24 }));
    const half = shows((share) => ({ yaw: share < 0.3 ? 0 : share < 0.7 ? 12 : 24 }));
    for (const film of [cut, half]) expect(play(film)).toMatchObject({ outcome: { passed: false, reason: 'timeout' }, hint: 'too-fast' });
    const fade = shows((share) => ({ yaw: 24 * share, contrast: 0.2 - 0.1 * Math.sin(Math.PI * share) }));
    expect(play(fade)).toMatchObject({ outcome: { passed: false, reason: 'timeout' }, hint: 'too-fast' });
    expect(play(shows((share) => ({ yaw: 24 * share, contrast: 0.2 - 0.1 * share }))).outcome).toEqual({ passed: true });
  });

  it('asks for a turn again that went so far and so fast that no frame shows its depth', () => {
    const wide = [0, 12, 44, 60, 60, 60];
    const back = [60, 36, 12, 0];
    const again = [0, 12, 22, 30, 30, 30, 30];
    const turns = (yaws: readonly number[], nose: number) => {
      let n = 0;
      const spoil: Play['spoil'] = (frame, acted) => {
        const yaw = acted === 0 ? 0 : (yaws[n++] ?? Math.max(0, yaws.at(-1)! - 15 * (n - yaws.length)));
        frame.face = syntheticFace({ yaw, nose, noise: frame.time + 1 });
      };
      return play({ challenges: ['turn-left'], step: 200, spoil });
    };
    expect(turns([...wide, ...back, ...again], 0.45).outcome).toEqual({ passed: true });
    expect(turns([...wide, ...back, ...again], 0.02).outcome).toEqual({ passed: false, reason: 'flat' });
    const stays = turns([...wide, ...Array.from({ length: 60 }, () => 60)], 0.45);
    expect(stays).toMatchObject({ outcome: { passed: false, reason: 'timeout' }, hint: 'too-fast' });
  });

  it('waits for no mouth to stay as open as it was at first, but for one that is no more open', () => {
    const mouths = (first: number, later: number): Play => ({
      challenges: ['turn-left'],
      spoil: (frame, acted) => {
        const { yaw, pitch } = frame.face!.pose;
        frame.face = syntheticFace({ yaw, pitch, mouth: acted === 0 ? first : later, noise: frame.time + 1 });
      },
    });
    expect(play(mouths(0.12, 0)).outcome).toEqual({ passed: true });
    expect(play(mouths(0, 0.12)).outcome).toEqual({ passed: false, reason: 'timeout' });
  });

  it('says that the head does not face the camera, at first and as it did then', () => {
    const yaws = (first: number, later: number): Play => ({
      challenges: ['turn-left'],
      spoil: (frame, acted) => {
        const yaw = first + frame.face!.pose.yaw + (acted > 0 ? later : 0);
        frame.face = syntheticFace({ yaw, noise: frame.time + 1 });
      },
    });
    expect(play(yaws(16, 0))).toMatchObject({ outcome: { passed: false, reason: 'timeout' }, hint: 'look-straight' });
    expect(play(yaws(0, 10))).toMatchObject({ outcome: { passed: false, reason: 'timeout' }, hint: 'look-straight' });
  });

  it('is not passed by a face that changes a little from rest to rest', () => {
    const turned = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle), 0, 0);
    const from =
      (angle: number): Play['spoil'] =>
      (frame, acted) => {
        if (frame.embedding) frame.embedding = turned(angle * acted);
      };
    const challenges: Challenge[] = ['turn-left', 'look-up', 'turn-right'];
    expect(play({ challenges, spoil: from(0.15) }).outcome).toEqual({ passed: true });
    // Less from one rest to the next than the faces of one person may differ, but more from the first to the last.
    expect(play({ challenges, spoil: from(0.3) }).outcome).toEqual({ passed: false, reason: 'identity-changed' });
  });

  it('allows no more change for a gap than for a fifth of a second', () => {
    const spoil: Play['spoil'] = (frame, acted) => {
      if (acted < 1) return;
      frame.time += 900;
      frame.face = syntheticFace({ right: 2, noise: frame.time });
    };
    expect(play({ spoil }).outcome).toEqual({ passed: false, reason: 'jump' });
  });

  it('ends when the face jumps, turns in no time or changes its light', () => {
    for (const jump of [{ right: 1.5 }, { scale: 1.6 }, { yaw: 60 }, { brightness: 0.8 }]) {
      const spoil: Play['spoil'] = (frame, acted) => {
        if (acted >= 1) frame.face = syntheticFace({ ...jump, noise: frame.time });
      };
      expect([jump, play({ spoil }).outcome]).toEqual([jump, { passed: false, reason: 'jump' }]);
    }
  });

  it('waits for a person who is late, and lets them come and go before it has begun', () => {
    const spoil: Play['spoil'] = (frame) => {
      if (frame.time < 3000) Object.assign(frame, { faces: frame.time % 1000 < 500 ? 0 : 2, face: null, embedding: null });
    };
    expect(play({ spoil }).outcome).toEqual({ passed: true });
  });

  it('with light is passed only by a face that answers as the screen asks, after the movements', () => {
    const lit: Play = { challenges: ['turn-left'], colors: LIGHT_COLORS.slice(0, 5) };
    const { outcome, measures } = play(lit);
    expect(outcome).toEqual({ passed: true });
    expect(measures.light!.agreement).toBeGreaterThan(0.9);
    const reason = (answers: (color: string | null) => FaceLight) => play({ ...lit, answers }).outcome;
    expect(reason((color) => litBy(color, { sides: 1 }))).toEqual({ passed: false, reason: 'flat-light' });
    expect(reason(() => litBy(null))).toEqual({ passed: false, reason: 'no-light' });
    const next = (color: string | null) => color && (LIGHT_COLORS[(LIGHT_COLORS.findIndex((c) => c === color) + 2) % 6] ?? color);
    expect(reason((color) => litBy(next(color)))).toEqual({ passed: false, reason: 'wrong-light' });
    expect(play({ challenges: ['turn-left'] }).measures.light).toBeNull();
  });

  it('with light is not passed by a face that goes, changes, or looks away meanwhile; a change of brightness is no jump', () => {
    const lit = (spoil: NonNullable<Play['spoil']>): Play => ({
      challenges: ['turn-left'],
      colors: LIGHT_COLORS.slice(0, 5),
      spoil: (frame, acted) => acted >= 2 && spoil(frame, acted),
    });
    const gone = play(lit((frame) => Object.assign(frame, { faces: 0, face: null, embedding: null })));
    expect(gone.outcome).toEqual({ passed: false, reason: 'no-face' });
    const swapped = play(lit((frame) => (frame.embedding = OTHER)));
    expect(swapped.outcome).toEqual({ passed: false, reason: 'identity-changed' });
    const away = play(lit((frame) => (frame.face = syntheticFace({ yaw: 12, noise: frame.time }))));
    expect(away).toMatchObject({ outcome: { passed: false, reason: 'timeout' }, hint: 'look-straight' });
    let n = 0;
    const flicker = (frame: { face: FaceReport | null }) => {
      frame.face = { ...frame.face!, quality: { ...frame.face!.quality, brightness: n++ % 2 ? 0.3 : 0.7 } };
    };
    expect(play(lit(flicker)).outcome).toEqual({ passed: true });
  });

  it('reads no light below four frames a second', () => {
    const lit: Play = { challenges: ['turn-left'], colors: LIGHT_COLORS.slice(0, 5) };
    const paced = (late: number) => {
      let by = 0;
      return play({ ...lit, spoil: (frame, acted) => void (frame.time += by += acted >= 2 ? late : 0) });
    };
    expect(paced(100).outcome).toEqual({ passed: true });
    expect(paced(400)).toMatchObject({ outcome: { passed: false, reason: 'slow-frames' }, hint: 'slow-frames' });
  });
});
