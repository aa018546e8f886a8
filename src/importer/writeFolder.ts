import type { WrittenGraph } from '../graph/writeGraph.js';
import type { Manifest } from '../shared/Manifest.js';
import type { ImportOptions, Normalization, Quantization } from './ImportOptions.js';
import type { ImportReport } from './ImportReport.js';
import type { ModelFile } from './ModelFile.js';
import { modelCard } from './modelCard.js';
import { sha256 } from './sha256.js';

export interface FolderContents {
  readonly file: ModelFile;
  readonly written: WrittenGraph;
  /** What the stored weights give for the golden pattern. */
  readonly golden: Float32Array;
  readonly report: Omit<ImportReport, 'bytes'>;
  readonly options: ImportOptions & { readonly normalize: Normalization; readonly quantize: Quantization };
  /** What the network wants of its normalized input on top: x · scale + offset. */
  readonly scale: number;
  readonly offset: number;
}

/** What is said where nothing was said. */
const NO_LICENSE = 'not stated at the import: whoever serves these weights has to know that they may';

/** The files of a model's folder, by name. */
export async function writeFolder({
  file,
  written,
  golden,
  report,
  options,
  scale,
  offset,
}: FolderContents): Promise<Map<string, Uint8Array>> {
  const text = (content: string) => new TextEncoder().encode(content);
  const files = new Map([
    ['model.json', text(JSON.stringify(written.modelJson))],
    ['weights.bin', written.weights],
  ]);
  const listed = await Promise.all([...files].map(async ([path, bytes]) => ({ path, bytes: bytes.length, sha256: await sha256(bytes) })));
  const { id, normalize, crop, license = NO_LICENSE, licenseText } = options;
  const manifest: Manifest = {
    id,
    version: '1.0.0',
    kind: 'embedder',
    architecture: report.architecture,
    license,
    source: `${file.name}, ${report.format}`,
    importedFrom: { name: file.name, bytes: file.bytes.length, sha256: await sha256(file.bytes), format: report.format },
    files: listed,
    input: {
      size: report.inputSize,
      ...(normalize === 'per-image'
        ? { scale: 1, offset: 0, perImage: true }
        : { scale: scale / normalize.scale, offset: offset - (normalize.mean * scale) / normalize.scale }),
    },
    ...(crop !== undefined && crop !== 'aligned' && { crop }),
    embedder: {
      embeddingSize: golden.length,
      modelCard: 'MODEL_CARD.md',
      golden: { pattern: 'ripples-1', minCosine: 0.9999, embedding: Array.from(golden, (v) => Number(v.toPrecision(7))) },
      operatingPoints: [],
      measurement: null,
    },
  };
  files.set('manifest.json', text(`${JSON.stringify(manifest, null, 2)}\n`));
  files.set('MODEL_CARD.md', text(modelCard(manifest, report, options)));
  if (licenseText !== undefined) files.set('LICENSE', text(licenseText));
  return files;
}
