import type { FaceLight, LinearRgb } from '../../shared/FaceReport.js';
import type { LightMeasures } from '../../shared/liveness.js';
import { linearOf } from './lightColors.js';

/** A color of the screen, and the face in its light. */
export interface Lit {
  readonly color: string;
  readonly light: FaceLight;
}

/** The color of light regardless of its brightness, as two numbers: red and blue relative to green. */
type Chroma = readonly [red: number, blue: number];

/** Anything darker is black to a camera. */
const BLACK = 2e-3;
const PLACES = ['forehead', 'nose', 'rightCheek', 'leftCheek', 'chin'] as const;

/**
 * How a face answered the colors that a screen showed one after the other.
 *
 * Only changes from one color to the next are read, so that the room's light, the skin's color and slow white balance cancel out. So does
 * exposure, because chroma is independent of brightness. Sudden white balance affects all places alike, so that differences between places
 * remain.
 */
export function lightAnswer(lit: readonly Lit[]): LightMeasures {
  const shown = changes(lit.map(({ color }) => asked(linearOf(color))));
  const answers = PLACES.map((place) => changes(lit.map(({ light }) => chromaOf(light[place]))));
  const whole = shown.map((_, k): Chroma => [mean(answers.map((answer) => answer[k]![0])), mean(answers.map((answer) => answer[k]![1]))]);
  const [forehead, nose, rightCheek, leftCheek, chin] = answers.map((answer) => slope(answer, shown));
  const middle = (nose! + (forehead! + chin!) / 2) / 2;
  const average = mean([forehead!, nose!, rightCheek!, leftCheek!, chin!]);
  return {
    strength: Math.sqrt(power(whole) / power(shown)),
    agreement: agreement(whole, shown),
    // For a print that is nearer to the screen at one side, or at the top, this cancels out.
    relief: average > 0 ? (middle - (rightCheek! + leftCheek!) / 2) / average : 0,
  };
}

/** To the first order a screen's red changes the logarithm of red by itself over the room's. */
function asked([red, green, blue]: LinearRgb): Chroma {
  return [red - green, blue - green];
}

function chromaOf([red, green, blue]: LinearRgb): Chroma {
  return [Math.log((red + BLACK) / (green + BLACK)), Math.log((blue + BLACK) / (green + BLACK))];
}

function changes(values: readonly Chroma[]): Chroma[] {
  return values.slice(1).map(([red, blue], k) => [red - values[k]![0], blue - values[k]![1]]);
}

function power(values: readonly Chroma[]): number {
  return values.reduce((sum, [red, blue]) => sum + red * red + blue * blue, 0);
}

/** The slope of the line through 0 that fits both axes together. */
function slope(answer: readonly Chroma[], shown: readonly Chroma[]): number {
  return answer.reduce((sum, [red, blue], k) => sum + red * shown[k]![0] + blue * shown[k]![1], 0) / power(shown);
}

/**
 * The share of the answer that is explained by lines through 0 that do not fall, one for each axis: lamps are yellow, so that blue answers
 * more.
 */
function agreement(answer: readonly Chroma[], shown: readonly Chroma[]): number {
  let explained = 0;
  for (const axis of [0, 1] as const) {
    const product = answer.reduce((sum, value, k) => sum + value[axis] * shown[k]![axis], 0);
    const square = shown.reduce((sum, value) => sum + value[axis] ** 2, 0);
    explained += Math.max(0, product) ** 2 / square;
  }
  return explained / Math.max(power(answer), 1e-12);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
