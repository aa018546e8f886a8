/** Gives a place for so many bytes, the same one again where it is large enough: what lay there is gone. */
export function keptRoom(): (bytes: number) => Uint8Array {
  let room = new Uint8Array(0);
  return (bytes) => {
    if (room.length < bytes) room = new Uint8Array(bytes);
    return room.subarray(0, bytes);
  };
}
