/** Two byte counts in the same unit: "3.2 of 8.6 MB". */
export function formatBytes(loaded: number, total: number): string {
  const [unit, size] = total >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  const show = (n: number) => (n / size).toFixed(size === 1e6 ? 1 : 0);
  return `${show(loaded)} of ${show(total)} ${unit}`;
}
