/** The room between the axes, for what is drawn into a plot; all in pixels. */
export interface Canvas {
  /** Pixel of a value. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
