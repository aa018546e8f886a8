// Runs in the page and in each of its workers before their own scripts: keeps track of the WebAssembly memories that are made or exported.
(() => {
  /** @type {WeakRef<WebAssembly.Memory>[]} */
  const made = [];
  const note = (/** @type {unknown} */ value) => {
    if (value instanceof RealMemory && !made.some((known) => known.deref() === value)) made.push(new WeakRef(value));
  };
  const noteExports = (/** @type {any} */ result) => {
    Object.values((result.instance ?? result).exports ?? {}).forEach(note);
    return result;
  };
  const RealMemory = WebAssembly.Memory;
  const RealInstance = WebAssembly.Instance;
  const { instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.Memory = new Proxy(RealMemory, {
    construct(target, args, newTarget) {
      const memory = Reflect.construct(target, args, newTarget);
      note(memory);
      return memory;
    },
  });
  WebAssembly.Instance = new Proxy(RealInstance, {
    construct: (target, args, newTarget) => noteExports(Reflect.construct(target, args, newTarget)),
  });
  WebAssembly.instantiate = async (/** @type {any[]} */ ...args) =>
    noteExports(await instantiate.apply(WebAssembly, /** @type {any} */ (args)));
  WebAssembly.instantiateStreaming = async (...args) => noteExports(await instantiateStreaming.apply(WebAssembly, args));
  Object.assign(globalThis, {
    wasmMemories: () =>
      made.flatMap((known) => {
        const buffer = known.deref()?.buffer;
        return buffer ? [{ bytes: buffer.byteLength, isShared: !(buffer instanceof ArrayBuffer) }] : [];
      }),
  });
})();
