/** Files that the library starts or loads by address: as its sources name them, and as they lie in a folder beside it once it is built. */
export const ENGINE_FILES = [
  { name: 'visavis/visavis-worker', entry: 'src/worker/worker.ts', sourcemap: true },
  { name: 'visavis/visavis-tfjs-gpu', entry: 'src/engine/tfjs/tfjsGpu.ts', sourcemap: false },
  { name: 'visavis/visavis-tfjs-wasm', entry: 'src/engine/tfjs/tfjsWasm.ts', sourcemap: false },
] as const;
export type EngineFile = (typeof ENGINE_FILES)[number];

/** How a module of src/client/bridge/ names such a file. */
export function sourceAddress({ entry }: EngineFile): string {
  return `new URL('${entry.replace('src/', '../../')}', import.meta.url)`;
}
