/** Indented JSON, but lists of numbers on one line: a histogram would take thousands. */
export function toJson(data: unknown): string {
  const text = JSON.stringify(data, null, 2);
  // Only between brackets that hold nothing but numbers, which no string contains with line ends: JSON escapes those.
  return `${text.replace(/\[\n\s+(-?[\d.e+-]+(?:,\n\s+-?[\d.e+-]+)*)\n\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`;
}
