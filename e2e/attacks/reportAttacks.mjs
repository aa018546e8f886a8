/**
 * @typedef {object} Judged
 * @property {string} kind
 * @property {boolean} tuning whether limits were tuned on its people
 * @property {boolean} passed
 * @property {string} reason
 * @property {boolean} match whether its captures match the template of whom it claims to show
 * @property {string} mismatch
 * @property {boolean} lastMatches
 * @property {number} seconds
 * @property {number} wall
 */

/**
 * A Markdown table: for each kind the attempts, how many were accepted (the session passed, and its captures match the template of whom it
 * claims to show), how many of those whose people no limit was tuned on, how many would be if only the last rest were compared, the mean
 * length of the film, and why the others were refused.
 * @param {readonly Judged[]} attempts
 */
export function reportAttacks(attempts) {
  const kinds = [...new Set(attempts.map(({ kind }) => kind))];
  const rows = kinds.map((kind) => {
    const own = attempts.filter((attempt) => attempt.kind === kind);
    const others = own.filter(({ tuning }) => !tuning);
    const accepted = (/** @type {readonly Judged[]} */ some) => some.filter(({ passed, match }) => passed && match).length;
    const byLast = own.filter(({ passed, lastMatches }) => passed && lastMatches).length;
    const mean = (/** @type {'seconds' | 'wall'} */ key) => own.reduce((sum, attempt) => sum + attempt[key], 0) / own.length;
    const reasons = own.map(({ reason, mismatch }) => reason || mismatch).filter(Boolean);
    const count = (/** @type {string} */ reason) => reasons.filter((one) => one === reason).length;
    const why = [...new Set(reasons)].sort((a, b) => count(b) - count(a)).map((reason) => `${reason} ${count(reason)}`);
    const counts = [own.length, accepted(own), `${accepted(others)} of ${others.length}`, byLast];
    return [kind, ...counts, `${mean('seconds').toFixed(1)} s`, `${(mean('wall') / 1000).toFixed(1)} s`, why.join(', ')];
  });
  const head = ['film', 'attempts', 'accepted', 'of people not tuned on', 'by the last rest', 'mean length', 'mean time', 'refused for'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
