/** Of a chart, in CSS pixels: text keeps its size where the picture is shown as wide as it was drawn. */
export interface ChartSize {
  /** Default 560. */
  readonly width?: number;
  /** Default: what suits the width. */
  readonly height?: number;
}
