/** To a tenth of a pixel. */
export function round(value: number): number {
  return Number(value.toFixed(1));
}
