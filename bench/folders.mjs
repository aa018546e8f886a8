import { join } from 'node:path';

export const BENCH = import.meta.dirname;
export const ROOT = join(BENCH, '..');
const PACKAGES = join(BENCH, 'node_modules');

export const FACES = join(ROOT, 'e2e/fixtures/faces');
const MODELS = join(ROOT, 'public/models');
/** What the recipes install. */
export const RECIPES = ['faceplugin-112', 'mobilefacenet-112'];
/** The folder of a model. @param {string} id */
export const modelFolder = (id) => join(MODELS, id);
export const CONVERTED = join(BENCH, '.cache/converted');

/** Where the bench's server finds everything: the built library, and the peers as published. @type {Record<string, string>} */
export const MOUNTS = {
  '/pages': join(BENCH, 'pages'),
  '/built': join(BENCH, '.cache/built'),
  '/converted': CONVERTED,
  '/dist': join(ROOT, 'dist'),
  '/models': MODELS,
  '/faces': FACES,
  '/face-api': join(PACKAGES, '@vladmandic/face-api'),
  '/human': join(PACKAGES, '@vladmandic/human'),
  '/onnx': join(PACKAGES, 'onnxruntime-web/dist'),
  '/litert': join(PACKAGES, '@litertjs/core/wasm'),
  '/tfjs-wasm': join(PACKAGES, '@tensorflow/tfjs-backend-wasm/dist'),
};
