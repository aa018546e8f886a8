import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** No model comes near it; a file that unpacks to more is no model. */
const MAX_BYTES = 512 * 2 ** 20;
/** What `npm pack` makes: one folder, plain names in it. */
const PACKED = /^package\/([\w-]+(?:\.[\w-]+)*)$/;

/**
 * The files of a package as `npm pack` packs a model's: all in one folder. Nothing is written anywhere.
 * @param where what to call it
 * @throws Error where it is damaged, too large or laid out otherwise
 */
export async function unpackModel(packed: Buffer, where: string, maxBytes = MAX_BYTES): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const tar = extract();
  let total = 0;
  const reading = (async () => {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      if (type === 'directory' && name === 'package/') {
        entry.resume();
        continue;
      }
      const plain = PACKED.exec(name)?.[1];
      if (type !== 'file' || plain === undefined || files.has(plain)) {
        throw new Error(`it holds ${JSON.stringify(name)} (${type ?? 'unknown'}); expected one folder "package" with plain files only`);
      }
      const parts: Buffer[] = [];
      for await (const part of entry as AsyncIterable<Buffer>) {
        total += part.length;
        if (total > maxBytes) throw new Error(`it unpacks to more than ${maxBytes} bytes`);
        parts.push(part);
      }
      files.set(plain, Buffer.concat(parts));
    }
  })();
  try {
    await Promise.all([pipeline([packed], createGunzip(), tar), reading]);
  } catch (cause) {
    throw new Error(`${where} is no packed model: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  return files;
}
