/** Who a file is of, by the names that LFW gives its files: `Given_Family_0001.jpg`. */
export function identityOf(file: string): string {
  return (file.split('/').pop() ?? file).replace(/[_-]\d+\.\w+$/, '');
}
