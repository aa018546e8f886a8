/** A short name for any value, for "expected X, got Y" messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object') {
    const name = (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor?.name;
    const length = ArrayBuffer.isView(value) || Array.isArray(value) ? (value as { length?: number }).length : undefined;
    return length === undefined ? (name ?? 'object') : `${name ?? 'array'} of ${length} values`;
  }
  return typeof value;
}
