/** The maker's and the product's number, which some browsers add to the name. */
const NUMBERS = /\s*\([0-9a-f]{4}:[0-9a-f]{4}\)$/i;

/**
 * What to call cameras where one is chosen: each otherwise, and short.
 * @param unnamed the name of the camera at a place, from 1, that the browser gives no name
 */
export function cameraNames(labels: readonly string[], unnamed: (index: number) => string): readonly string[] {
  const short = labels.map((label, i) => label.replace(NUMBERS, '').trim() || unnamed(i + 1));
  const seen = new Map<string, number>();
  return short.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count > 1 ? `${name} (${count})` : name;
  });
}
