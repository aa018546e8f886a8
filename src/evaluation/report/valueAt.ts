/** What data hold at a path: keys with points between them, as in `report.curve.3.fmr`. Undefined where that leads nowhere. */
export function valueAt(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((at, key) => (at === null || at === undefined ? undefined : (at as Readonly<Record<string, unknown>>)[key]), data);
}
