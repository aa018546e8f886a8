import { describe, expect, it } from 'vitest';
import type { Presence } from '../shared/live.js';
import { PresenceJudge } from './PresenceJudge.js';

const after = (...looks: Presence[]) => {
  const judge = new PresenceJudge();
  return looks.map((look) => (judge.observe(look), judge.state));
};

describe('PresenceJudge', () => {
  it('believes two looks in a row', () => {
    expect(after('present', 'present')).toEqual(['unknown', 'present']);
    expect(after('present', 'someone-else', 'present', 'present')).toEqual(['unknown', 'unknown', 'unknown', 'present']);
  });

  it('changes nothing for one look, and for two bad frames', () => {
    expect(after('present', 'present', 'absent', 'present', 'unknown', 'unknown', 'present').at(-1)).toBe('present');
    expect(after('present', 'present', 'unknown', 'unknown', 'unknown').at(-1)).toBe('unknown');
  });

  it('does not go on believing where looks say something else each time', () => {
    const [a, b] = ['someone-else', 'unknown'] as const;
    expect(after('present', 'present', a, b, a, b)).toEqual(['unknown', 'present', 'present', 'present', 'unknown', 'unknown']);
    expect(after('present', 'present', 'several', a, 'absent', a, a).slice(4)).toEqual(['unknown', 'unknown', a]);
    expect(after('present', 'present', a, b, 'present', a, b, 'present').at(-1)).toBe('present');
  });

  it('forgets', () => {
    const judge = new PresenceJudge();
    for (const look of ['present', 'present'] as const) judge.observe(look);
    judge.forget();
    expect(judge.state).toBe('unknown');
    judge.observe('present');
    expect(judge.state).toBe('unknown');
  });
});
