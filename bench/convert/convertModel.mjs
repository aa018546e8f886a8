import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONVERTED, modelFolder } from '../folders.mjs';
import { readGraph } from './readGraph.mjs';
import { toOnnx } from './toOnnx.mjs';
import { toTflite } from './toTflite.mjs';

/** Writes the graph of `mobilenet-160` in the forms that other runtimes load. */
export async function convertModel() {
  const folder = modelFolder('mobilenet-160');
  const [modelJson, weights] = await Promise.all(['model.json', 'weights.bin'].map((name) => readFile(join(folder, name))));
  const network = readGraph(JSON.parse(modelJson.toString()), new Uint8Array(weights).buffer);
  await mkdir(CONVERTED, { recursive: true });
  await writeFile(join(CONVERTED, 'mobilenet-160.onnx'), toOnnx(network));
  await writeFile(join(CONVERTED, 'mobilenet-160.tflite'), toTflite(network));
}
