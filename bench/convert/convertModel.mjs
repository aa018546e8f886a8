import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONVERTED, MODEL } from '../folders.mjs';
import { readGraph } from './readGraph.mjs';
import { toOnnx } from './toOnnx.mjs';
import { toTflite } from './toTflite.mjs';

/** Writes the embedder's graph in the forms that other runtimes load, and returns the embedding PyTorch computed of the golden pattern. */
export async function convertModel() {
  const [modelJson, weights, manifest] = await Promise.all(
    ['model.json', 'weights.bin', 'manifest.json'].map((name) => readFile(join(MODEL, name))),
  );
  const network = readGraph(JSON.parse(modelJson.toString()), new Uint8Array(weights).buffer);
  await mkdir(CONVERTED, { recursive: true });
  await writeFile(join(CONVERTED, 'mobilenet-160.onnx'), toOnnx(network));
  await writeFile(join(CONVERTED, 'mobilenet-160.tflite'), toTflite(network));
  return /** @type {number[]} */ (JSON.parse(manifest.toString()).embedder.golden.embedding);
}
