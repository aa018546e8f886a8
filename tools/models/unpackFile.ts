import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** A package that unpacks to more is none that a recipe is for. */
const MAX_BYTES = 512 * 2 ** 20;

/**
 * One file of a package as `npm pack` packs it. Nothing is written anywhere.
 * @param path in the package
 * @param where what to call the package
 * @throws Error where the file is not in it, or where it is damaged or too large
 */
export async function unpackFile(packed: Buffer, path: string, where: string, maxBytes = MAX_BYTES): Promise<Buffer> {
  const tar = extract();
  let [total, found]: [number, Buffer | null] = [0, null];
  const reading = (async () => {
    for await (const entry of tar) {
      const wanted = entry.header.type === 'file' && entry.header.name === `package/${path}`;
      const parts: Buffer[] = [];
      for await (const part of entry as AsyncIterable<Buffer>) {
        total += part.length;
        if (total > maxBytes) throw new Error(`it unpacks to more than ${maxBytes} bytes`);
        if (wanted) parts.push(part);
      }
      if (wanted) found = Buffer.concat(parts);
    }
  })();
  try {
    await Promise.all([pipeline([packed], createGunzip(), tar), reading]);
  } catch (cause) {
    throw new Error(`${where} is no packed package: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (!found) throw new Error(`${where} has no file ${path}`);
  return found;
}
