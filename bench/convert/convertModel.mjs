import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGraph } from '../../tools/graph.mjs';
import { CONVERTED, modelFolder } from '../folders.mjs';
import { readNetwork } from './readNetwork.mjs';
import { toOnnx } from './toOnnx.mjs';
import { toTflite } from './toTflite.mjs';

/** Writes the graph of `mobilenet-160` in the formats that other runtimes load. */
export async function convertModel() {
  const folder = modelFolder('mobilenet-160');
  const [modelJson, weights] = await Promise.all(['model.json', 'weights.bin'].map((name) => readFile(join(folder, name))));
  const network = readNetwork(readGraph({ modelJson: modelJson.toString(), weights }));
  await mkdir(CONVERTED, { recursive: true });
  await writeFile(join(CONVERTED, 'mobilenet-160.onnx'), toOnnx(network));
  await writeFile(join(CONVERTED, 'mobilenet-160.tflite'), toTflite(network));
  await writeFile(join(CONVERTED, 'mobilenet-160-int8.tflite'), toTflite(network, { int8: true }));
}
