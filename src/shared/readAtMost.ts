/**
 * The bytes of a body, and at most one more than `maxBytes`: enough to tell that it is too long. What the sender compressed counts as it
 * is after that.
 * @param onChunk called with the number of bytes of each chunk as it arrives
 */
export async function readAtMost(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
  onChunk: (bytes: number) => void = () => undefined,
): Promise<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = body.getReader();
  let room = maxBytes + 1;
  while (room > 0) {
    const { done, value } = await reader.read();
    if (done) break;
    const chunk = value.byteLength > room ? value.subarray(0, room) : value;
    room -= chunk.byteLength;
    chunks.push(chunk);
    onChunk(chunk.byteLength);
  }
  // Not waited for: a sender that hangs would make the caller wait too.
  if (room <= 0) void reader.cancel().catch(() => undefined);
  // Not by a Blob, which takes them through another process and back.
  const bytes = new Uint8Array(maxBytes + 1 - room);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes.buffer;
}
