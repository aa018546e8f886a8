/** What was measured, in turns with others. */
export interface Samples {
  /** Of all values. */
  median: number;
  min: number;
  /** The median of each turn, in order: what `ratioOf` pairs with the others' turns. */
  turns: number[];
}

/** How many times as long, or as much, one took as the other. */
export interface Ratio {
  /** Of the medians. */
  ratio: number;
  /** The smallest and the largest of the turns' ratios: how much the machine's mood changes the result. */
  low: number;
  high: number;
}
