/** The area between a plot's axes, to draw into; all in pixels. */
export interface Canvas {
  /** The pixel position of a value. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
