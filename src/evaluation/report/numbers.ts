// How reports write numbers.

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}

/** A share with two decimals, as the console prints it; more where those would be zeros. */
export function percent(share: number): string {
  const value = 100 * share;
  const digits = value === 0 || Math.abs(value) >= 0.1 ? 2 : Math.min(9, 1 - Math.floor(Math.log10(Math.abs(value))));
  return `${value.toFixed(digits)} %`;
}

export function four(value: number): string {
  return value.toFixed(4);
}
