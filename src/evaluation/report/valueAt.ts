/** The value at a path, with keys separated by dots, as in `report.curve.3.fmr`. Undefined if the path leads nowhere. */
export function valueAt(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((at, key) => (at === null || at === undefined ? undefined : (at as Readonly<Record<string, unknown>>)[key]), data);
}
