/** Who a picture shows, according to LFW's way of naming files: `Given_Family_0001.jpg`. */
export function identityOf(file: string): string {
  return (file.split('/').pop() ?? file).replace(/[_-]\d+\.\w+$/, '');
}
