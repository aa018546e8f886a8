/** A picture that is smaller by more leaves too much of the one before it in place, and too much memory unused. */
const TOO_LARGE = 4;

/** Gives a place for so many bytes, the same one again where it is about as large: what lay there is gone. For none it keeps none. */
export function keptRoom(): (bytes: number) => Uint8Array {
  let room = new Uint8Array(0);
  return (bytes) => {
    if (room.length < bytes || room.length > TOO_LARGE * bytes) room = new Uint8Array(bytes);
    return room.subarray(0, bytes);
  };
}
