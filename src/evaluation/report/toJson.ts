/** Indented JSON, but with lists of numbers on one line; a histogram would otherwise take thousands. */
export function toJson(data: unknown): string {
  const text = JSON.stringify(data, null, 2);
  // Matches only brackets that contain nothing but numbers. No string contains such brackets with line breaks, because JSON escapes those.
  return `${text.replace(/\[\n\s+(-?[\d.e+-]+(?:,\n\s+-?[\d.e+-]+)*)\n\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`;
}
