import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { importModel, type ImportProgress } from 'visavis/importer';
import { progressLine } from '../evaluate/progressLine.mjs';
import { checkModel } from '../models/checkModel.js';
import { pinOf } from '../models/knownModels.js';
import { putModel } from '../models/modelFolder.js';
import { readingUsage, UsageError } from '../UsageError.js';
import { optionsOf } from './optionsOf.js';
import { readInput } from './readInput.js';
import { replacedModel } from './replacedModel.js';

const USAGE = `Makes a model folder of weights that you have and may use.

  npx visavis import FILE --id NAME [options]

FILE is of Keras (.h5, .keras, .weights.h5), TensorFlow (a frozen graph, .pb), ONNX, PyTorch (.pt, .pth), safetensors or TensorFlow Lite.
Nothing in it is executed. The network is simplified, compared layer by layer with the file's, stored in few bits, and compared again.

  --id NAME              what createFaceVerifier({ model }) calls it
  --out DIR              the model's folder (default: public/models/NAME)
  --architecture NAME    the network, for files that hold weights only; found by the names of the tensors where it is left out
  --input-size PIXELS    side of the input, for files that do not say it
  --normalize MEAN,SCALE a pixel p becomes (p - MEAN) / SCALE (default 127.5,127.5);
  --normalize per-image  … or each picture is standardized by itself, as facenet's "prewhitening" does
  --channels rgb|bgr     the order in which the network reads a pixel (default rgb)
  --crop aligned         five points of the face come to lie where ArcFace's are (the default);
  --crop box+MARGIN      … or the face's box, square, with MARGIN pixels of the crop around it, as facenet's tools cut it
  --quantize mixed8      large tensors in 8 bits where that does not move the embedding (the default); float16; none
  --license TEXT         the weights' license in a few words, for the manifest
  --license-file FILE    its whole text

A model that was imported has no operating points: npx visavis calibrate measures them, or verify({ threshold }) decides without.
docs/import.md lists the normalizations of well-known weights. A model of the same name in DIR is replaced whole or not at all, its operating
points included; a folder that holds anything else is left alone.`;

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values, positionals } = readingUsage(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...{ id: text, out: text, architecture: text, 'input-size': text, normalize: text, channels: text, crop: text, quantize: text },
        ...{ license: text, 'license-file': text, help: { type: 'boolean', short: 'h' } },
      },
    }),
  );
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [path, ...more] = positionals;
  if (path === undefined) throw new UsageError(USAGE);
  if (more.length > 0) throw new UsageError(`import: one argument too many, ${more[0]}; --help explains`);
  const options = optionsOf(values);
  const out = resolve(values.out ?? `public/models/${options.id}`);
  if (basename(out) !== options.id) {
    throw new UsageError(`--out: the folder of the model ${options.id} has to be called ${options.id}, got ${values.out ?? ''}`);
  }
  if (pinOf(options.id) !== undefined) {
    throw new UsageError(
      `--id: ${options.id} is a model of visavis, whose hash is built in: no other is accepted under this name. Choose another.`,
    );
  }
  const replaced = await replacedModel(out, options.id);
  if (replaced && resolve(path).startsWith(out + sep)) {
    throw new UsageError(`${path} lies in the folder that is replaced, ${out}, and would be deleted with it: keep it elsewhere`);
  }
  if (replaced && replaced.operatingPoints > 0) {
    console.log(
      `Note: ${out} has ${replaced.operatingPoints} operating points, which go with it: npx visavis calibrate measures them again.`,
    );
  }
  const license = values['license-file'];
  const line = progressLine(100, 0);
  const { files, report } = await importModel(await readInput(path), {
    ...options,
    ...(values.license !== undefined && { license: values.license }),
    ...(license !== undefined && { licenseText: await readText(license) }),
    onProgress: progressOn(line),
  }).finally(() => line.end());
  const read = (name: string) => Promise.resolve(files.has(name) ? Buffer.from(files.get(name)!) : null);
  const model = await checkModel(read, out, { id: options.id });
  await putModel(dirname(out), model);
  const millions = (n: number) => (n / 1e6).toFixed(2);
  console.log(`${report.format}: ${report.architecture}, ${millions(report.parameters)} M parameters, ${millions(report.multiplyAdds)} M multiply-adds.
${report.layersCompared} layers compute what they computed (largest difference ${report.largestDifference.toExponential(1)}); stored, the embedding has a cosine of ${report.storedCosine.toFixed(5)} to the original's.
${options.id}: ${report.inputSize} × ${report.inputSize} pixels to ${report.embeddingSize} values, ${millions(report.bytes)} MB, written to ${out}
createFaceVerifier({ model: '${options.id}', integrity: { '${options.id}': '${model.integrity}' } })`);
  for (const note of report.notes) console.log(`Note: ${note}`);
  if (values.normalize === undefined)
    console.log('Note: --normalize was not given: pixels become (p - 127.5) / 127.5. Other weights want others; see docs/import.md.');
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`--license-file: ${path} cannot be read`, { cause });
  }
}

function progressOn(show: (percent: number) => void): (progress: ImportProgress) => void {
  let last = -1;
  return ({ loaded }) => {
    const percent = Math.floor(100 * loaded);
    if (percent > last) show((last = percent));
  };
}
