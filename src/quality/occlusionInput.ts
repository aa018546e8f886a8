/** The face is seen as 20 × 20 cells. */
export const CELLS = 20;
/** Per cell: luma of its four quadrants, red and blue relative to luma, fine detail. */
export const CHANNELS = 7;

const QUADS = 2 * CELLS;
/** Points across: a quadrant has 2 × 2 blocks of 2 × 2 points. */
const POINTS = 4 * QUADS;
const POINTS_OF_CELL = 64;

/** What a crop is pooled into. */
interface Pooled {
  /** Mean luma of each quadrant, [2 · 20, 2 · 20]. */
  readonly quads: Float32Array;
  /** [20, 20, 7] */
  readonly input: Float32Array;
  /** Where a point's column starts in a row of the crop. */
  readonly columns: Int32Array;
}

/** On the crop's scale of −1 … 1: faces with less contrast are not stretched further. */
const LEAST_SPREAD = 0.1;
const MOST = 3;

/**
 * What the occlusion network sees of an aligned crop (RGB in −1 … 1, [size, size, 3], best 160 pixels): [20, 20, 7], relative to mean and
 * spread of the face's own luma and color. `features` of training/occlusion_net.py is the same.
 */
export function occlusionInput(crop: Float32Array): Float32Array {
  const size = Math.sqrt(crop.length / 3);
  const quads = new Float32Array(QUADS * QUADS);
  const input = new Float32Array(CELLS * CELLS * CHANNELS);
  const columns = Int32Array.from({ length: POINTS }, (_, i) => 3 * Math.floor((i * size) / POINTS));
  const pooled: Pooled = { quads, input, columns };
  for (let y = 0; y < QUADS; y++) poolRow(crop, size, y, pooled);
  for (let at = 4, cell = 0; cell < CELLS * CELLS; cell++, at += CHANNELS) {
    const quad = 2 * Math.floor(cell / CELLS) * QUADS + 2 * (cell % CELLS);
    const luma = (quads[quad]! + quads[quad + 1]! + quads[quad + QUADS]! + quads[quad + QUADS + 1]!) / 4;
    input[at] = input[at]! / POINTS_OF_CELL - luma;
    input[at + 1] = input[at + 1]! / POINTS_OF_CELL - luma;
  }
  relate(pooled);
  return input;
}

/** Mean luma of a row of quadrants; adds their red, blue and detail to their cells. */
function poolRow(crop: Float32Array, size: number, y: number, pooled: Pooled): void {
  const { quads, input, columns } = pooled;
  const first = columns[4 * y]! * size;
  const second = columns[4 * y + 1]! * size;
  const third = columns[4 * y + 2]! * size;
  const fourth = columns[4 * y + 3]! * size;
  for (let x = 0; x < QUADS; x++) {
    const cell = ((y >> 1) * CELLS + (x >> 1)) * CHANNELS;
    const a = block(crop, first, second, 4 * x, cell, pooled);
    const b = block(crop, first, second, 4 * x + 2, cell, pooled);
    const c = block(crop, third, fourth, 4 * x, cell, pooled);
    const d = block(crop, third, fourth, 4 * x + 2, cell, pooled);
    const mean = (a + b + c + d) / 4;
    quads[y * QUADS + x] = mean / 4;
    input[cell + 6]! += (Math.abs(a - mean) + Math.abs(b - mean) + Math.abs(c - mean) + Math.abs(d - mean)) / POINTS_OF_CELL;
  }
}

/** Luma of a block of 2 × 2 points, summed; adds its red and blue to its cell. */
function block(crop: Float32Array, upper: number, lower: number, column: number, cell: number, { columns, input }: Pooled): number {
  const a = upper + columns[column]!;
  const b = upper + columns[column + 1]!;
  const c = lower + columns[column]!;
  const d = lower + columns[column + 1]!;
  const red = crop[a]! + crop[b]! + crop[c]! + crop[d]!;
  const green = crop[a + 1]! + crop[b + 1]! + crop[c + 1]! + crop[d + 1]!;
  const blue = crop[a + 2]! + crop[b + 2]! + crop[c + 2]! + crop[d + 2]!;
  input[cell + 4]! += red;
  input[cell + 5]! += blue;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Brings everything in relation to the face's own mean and spread. */
function relate({ quads, input }: Pooled): void {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let at = 0; at < quads.length; at++) {
    if (!inOval(at, QUADS)) continue;
    sum += quads[at]!;
    squares += quads[at]! ** 2;
    count++;
  }
  const mean = sum / count;
  const spread = Math.max(Math.sqrt(Math.max(squares / count - mean ** 2, 0)), LEAST_SPREAD);
  const red = meanOf(input, 4);
  const blue = meanOf(input, 5);
  for (let at = 0, cell = 0; cell < CELLS * CELLS; cell++, at += CHANNELS) {
    const quad = 2 * Math.floor(cell / CELLS) * QUADS + 2 * (cell % CELLS);
    for (let k = 0; k < 4; k++) input[at + k] = bounded((quads[quad + (k >> 1) * QUADS + (k & 1)]! - mean) / spread);
    input[at + 4] = bounded((2 * (input[at + 4]! - red)) / spread);
    input[at + 5] = bounded((2 * (input[at + 5]! - blue)) / spread);
    input[at + 6] = bounded((8 * input[at + 6]!) / spread);
  }
}

/** Mean of a channel over the face. */
function meanOf(input: Float32Array, channel: number): number {
  let sum = 0;
  let count = 0;
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    if (!inOval(cell, CELLS)) continue;
    sum += input[cell * CHANNELS + channel]!;
    count++;
  }
  return sum / count;
}

/** Whether the middle of a cell of a grid lies in the oval around eyes, nose and mouth that `measureLight` reads. */
function inOval(at: number, side: number): boolean {
  const u = (((at % side) + 0.5) / side - 0.5) / 0.3;
  const v = ((Math.floor(at / side) + 0.5) / side - 0.62) / 0.34;
  return u * u + v * v <= 1;
}

function bounded(value: number): number {
  return Math.min(Math.max(value, -MOST), MOST);
}
