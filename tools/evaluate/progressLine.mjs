/** @typedef {((done: number) => void) & { end: () => void }} ProgressLine `end`: what is printed next begins a line, also where the run ended midway */

/**
 * A line that shows a run's progress and the time left: rewritten in place on a terminal, otherwise printed once per tenth.
 * @param {number} total
 * @param {number} known done before the run began; they say nothing about its speed
 * @param {{ now?: () => number, tty?: boolean, write?: (text: string) => void }} [output]
 * @returns {ProgressLine}
 */
export function progressLine(
  total,
  known,
  { now = Date.now, tty = process.stdout.isTTY, write = (text) => void process.stdout.write(text) } = {},
) {
  const began = now();
  let spoken = known / total;
  let open = false;
  const show = (/** @type {number} */ done) => {
    const share = done / total;
    const perPicture = (now() - began) / 1000 / Math.max(1, done - known);
    const left = done === total ? 'done' : `${duration((total - done) * perPicture)} left`;
    const line = `${'█'.repeat(Math.round(share * 30)).padEnd(30, '░')} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}, ${left}`;
    if (tty) {
      write(`\r${line.padEnd(72)}${done === total ? '\n' : ''}`);
      open = done !== total;
    } else if (done === total || share - spoken >= 0.1 - 1e-9) {
      write(`${line}\n`);
      spoken = share;
    }
  };
  return Object.assign(show, {
    end: () => {
      if (open) write('\n');
      open = false;
    },
  });
}

/** @param {number} seconds */
export function duration(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
