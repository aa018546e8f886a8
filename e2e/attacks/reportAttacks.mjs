/**
 * A Markdown table: for each kind the attempts, how many were accepted, the mean length of the film, and why the others were refused.
 * @param {readonly { kind: string, passed: boolean, reason: string, seconds: number, wall: number }[]} attempts
 */
export function reportAttacks(attempts) {
  const kinds = [...new Set(attempts.map(({ kind }) => kind))];
  const rows = kinds.map((kind) => {
    const own = attempts.filter((attempt) => attempt.kind === kind);
    const mean = (/** @type {'seconds' | 'wall'} */ key) => own.reduce((sum, attempt) => sum + attempt[key], 0) / own.length;
    const reasons = [...new Set(own.map(({ reason }) => reason))].filter(Boolean);
    const count = (/** @type {string} */ reason) => own.filter((attempt) => attempt.reason === reason).length;
    const why = reasons
      .sort((a, b) => count(b) - count(a))
      .map((reason) => `${reason} ${count(reason)}`)
      .join(', ');
    return `| ${kind} | ${own.length} | ${own.filter(({ passed }) => passed).length} | ${mean('seconds').toFixed(1)} s | ${(mean('wall') / 1000).toFixed(1)} s | ${why} |`;
  });
  return ['| film | attempts | accepted | mean length | mean time | refused for |', '| --- | --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
