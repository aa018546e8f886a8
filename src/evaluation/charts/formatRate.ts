/**
 * A small rate the way people say it: `1 in 1,000`, `3 in 10,000`.
 * @param rate 0 … 1
 */
export function formatRate(rate: number): string {
  if (!(rate > 0)) return '0';
  if (rate >= 1) return 'all';
  const exponent = Math.floor(Math.log10(rate) + 1e-9);
  const digits = Number((rate / 10 ** exponent).toPrecision(2));
  const places = Number.isInteger(digits) ? 0 : 1;
  return `${Math.round(digits * 10 ** places)} in ${group(10 ** (places - exponent))}`;
}

/** With separators between thousands, the same in every locale. */
function group(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}
