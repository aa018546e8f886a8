interface TypedArrays {
  Float32Array: Float32Array;
  Uint8Array: Uint8Array;
  Uint8ClampedArray: Uint8ClampedArray;
}

const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** Like `instanceof`, for arrays of other windows too. */
export function isTypedArray<K extends keyof TypedArrays>(value: unknown, kind: K): value is TypedArrays[K] {
  // The getter names the kind of any window's typed array, and is undefined for anything else.
  return ArrayBuffer.isView(value) && Reflect.get(TYPED_ARRAY, Symbol.toStringTag, value) === kind;
}
