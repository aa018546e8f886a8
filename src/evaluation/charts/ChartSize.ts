/** A chart's size in CSS pixels. Text keeps its size if the picture is shown as wide as it was drawn. */
export interface ChartSize {
  /** Default 560. */
  readonly width?: number;
  /** Default: whatever suits the width. */
  readonly height?: number;
}
