import { importFailed } from '../importFailed.js';
import type { Cursor } from './Cursor.js';

/** One message of an object header: what kind, and a cursor at its first byte that ends with it. */
export interface Message {
  readonly type: number;
  readonly body: Cursor;
}

/** Types of messages (section IV.A.2). */
export const MESSAGE = {
  dataspace: 1,
  linkInfo: 2,
  datatype: 3,
  link: 6,
  externalFiles: 7,
  layout: 8,
  filters: 11,
  attribute: 12,
  continuation: 16,
  symbolTable: 17,
  attributeInfo: 21,
} as const;

/** No object of a model has more; a false count ends here. */
const MAX_MESSAGES = 100_000;
/** Blocks that one header may be spread over. */
const MAX_BLOCKS = 10_000;

/** All messages of an object header (section IV.A), also those that stand elsewhere in the file. */
export function readMessages(header: Cursor): Message[] {
  const messages: Message[] = [];
  const start = header.at;
  const modern = header.left >= 4 && header.bytes[start] === 0x4f;
  const blocks = modern ? [firstBlock(header)] : [oldBlock(header)];
  const seen = new Set<number>();
  for (let next = blocks.pop(); next; next = blocks.pop()) {
    if (seen.has(next.body.at) || seen.size > MAX_BLOCKS) throw next.body.damaged('an object header that runs in a circle');
    seen.add(next.body.at);
    for (const message of messagesOf(next)) {
      if (message.type === MESSAGE.continuation) blocks.push(continued(message.body, next));
      else messages.push(message);
      if (messages.length > MAX_MESSAGES) throw next.body.damaged(`an object header with more than ${MAX_MESSAGES} messages`);
    }
  }
  return messages;
}

interface Block {
  readonly body: Cursor;
  /** Whether the messages have the short heads of version 2, and whether these hold a creation order. */
  readonly modern: boolean;
  readonly ordered: boolean;
}

function oldBlock(header: Cursor): Block {
  const version = header.u8();
  if (version !== 1) throw header.damaged(`an object header of version ${version}`);
  header.skip(7);
  const size = header.u32();
  header.skip(4);
  return { body: header.seek(header.at, size), modern: false, ordered: false };
}

function firstBlock(header: Cursor): Block {
  header.expect('OHDR');
  const version = header.u8();
  if (version !== 2) throw header.damaged(`an object header of version ${version}`);
  const flags = header.u8();
  if (flags & 0x20) header.skip(16);
  if (flags & 0x10) header.skip(4);
  const size = header.uint(1 << (flags & 3));
  return { body: header.seek(header.at, size), modern: true, ordered: (flags & 4) !== 0 };
}

function continued(body: Cursor, { modern, ordered }: Block): Block {
  const address = body.address();
  const length = body.length();
  if (address === undefined) throw body.damaged('a continuation without an address');
  const block = body.seek(address, length);
  if (!modern) return { body: block, modern, ordered };
  block.expect('OCHK');
  // A checksum ends the block.
  return { body: body.seek(block.at, length - 8), modern, ordered };
}

function* messagesOf({ body, modern, ordered }: Block): Generator<Message> {
  const head = modern ? 4 + (ordered ? 2 : 0) : 8;
  // Less than a head is a gap.
  while (body.left >= head) {
    const type = modern ? body.u8() : body.u16();
    const size = body.u16();
    const flags = body.u8();
    body.skip(head - (modern ? 4 : 5));
    const start = body.at;
    body.skip(size);
    if (flags & 2) {
      if (type === MESSAGE.datatype || type === MESSAGE.dataspace || type === MESSAGE.attribute)
        throw importFailed(
          `The HDF5 file keeps a type of values apart from the object that has it (byte ${start}), which Keras never does.`,
        );
      continue;
    }
    yield { type, body: body.seek(start, size) };
  }
}
