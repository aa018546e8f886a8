import type { Plugin } from 'vite';

/**
 * TensorFlow.js hands its WASM threads a script that it makes with `Function.prototype.toString`, which breaks once the bundler has renamed
 * what the function refers to (tensorflow/tfjs issue 4253). This hands them the file as it was published instead.
 */
export function threadScriptPlugin(): Plugin {
  const MADE = '`var WasmBackendModuleThreadedSimd = ` +\n                    wasmFactoryThreadedSimd.toString()';
  return {
    name: 'bench:thread-script',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('tfjs-backend-wasm/dist/backend_wasm.js')) return null;
      if (!code.includes(MADE)) this.error('tfjs-backend-wasm has changed how it starts its threads; see bench/threadScriptPlugin.ts');
      const raw = `import threadScript from '../wasm-out/tfjs-backend-wasm-threaded-simd.js?raw';\n`;
      return { code: raw + code.replace(MADE, 'threadScript'), map: null };
    },
  };
}
