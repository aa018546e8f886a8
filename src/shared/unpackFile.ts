import type { PackedFiles } from './PackedFiles.js';

/** One file's bytes. Throws a RangeError where there is none of that name. */
export async function unpackFile({ data, places }: PackedFiles, name: string): Promise<ArrayBuffer> {
  const place = places[name];
  if (!place) throw new RangeError(`expected one of ${Object.keys(places).join(', ')}, got ${name}`);
  const packed = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  // With zlib's header: "deflate-raw" is newer than the oldest promised browser.
  const inflated = new Response(packed).body!.pipeThrough(new DecompressionStream('deflate'));
  return (await new Response(inflated).arrayBuffer()).slice(...place);
}
