import type { Manifest } from '../shared/Manifest.js';
import type { ImportOptions, Normalization, Quantization } from './ImportOptions.js';
import type { ImportReport } from './ImportReport.js';

/** What people should know about an imported model: what is known from the file and the import, and what is not. */
export function modelCard(
  { id, version, license, importedFrom, input, crop, embedder }: Manifest,
  report: Omit<ImportReport, 'bytes'>,
  { channels = 'rgb', normalize, quantize }: ImportOptions & { readonly normalize: Normalization; readonly quantize: Quantization },
): string {
  const millions = (n: number) => (n / 1e6).toPrecision(3);
  const { size } = input;
  const pixels =
    normalize === 'per-image' ? 'each crop by its own mean and standard deviation' : `(p − ${normalize.mean}) ÷ ${normalize.scale}`;
  const rows = [
    [
      'What it does',
      `turns a ${size}×${size} face into ${embedder!.embeddingSize} values, compared by Euclidean distance after L2 normalization`,
    ],
    [
      'Architecture',
      `${report.architecture}; ${millions(report.parameters)} M parameters, ${millions(report.multiplyAdds)} M multiply-adds`,
    ],
    ['Imported from', `${importedFrom!.name} (${importedFrom!.format}), SHA-256 ${importedFrom!.sha256}`],
    [
      'Crop',
      crop && crop !== 'aligned' ? `the bounds of the face's mesh and ${crop.boxMargin} pixels around them` : 'aligned by five points',
    ],
    ['Pixels', `${pixels}, ${channels.toUpperCase()}`],
    ['Weights', `stored as ${quantize}; cosine to the weights as they were: ${report.storedCosine.toFixed(5)}`],
    ['License', license],
    ['Training data', 'not known from the file'],
    ['Accuracy', 'not measured: `npx visavis calibrate` measures it on pictures of yours and writes operating points'],
  ];
  const notes = report.notes.map((note) => `- ${note}\n`).join('');
  return `# ${id}, version ${version}

| | |
| --- | --- |
${rows.map(([name, value]) => `| ${name!} | ${value!.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`).join('\n')}

All ${report.layersCompared} layers that the import left compute what they computed before (largest difference ${report.largestDifference.toExponential(1)}).
${notes && `\nNotes of the import:\n\n${notes}`}`;
}
